/* A disk whose flush takes as long as an SD card's: preloaded, each fsync and fdatasync waits SLOW_FLUSH_US more. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void slowly(void) {
  const char *us = getenv("SLOW_FLUSH_US");
  if (us) usleep((useconds_t)atoi(us));
}

int fsync(int fd) {
  slowly();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
  slowly();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
