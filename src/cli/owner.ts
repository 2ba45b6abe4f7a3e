import { statSync } from 'node:fs'

/**
 * Root does its work in somebody's folder as that somebody, or files would be left there that the
 * service cannot write. Returns how to be root again. (glibc changes all threads of the process.)
 */
export function asOwnerOf(folder: string): () => void {
  const owner = statSync(folder, { throwIfNoEntry: false })
  if (process.geteuid?.() !== 0 || !owner || owner.uid === 0) return () => {}
  const groups = process.getgroups?.() ?? []
  process.setgroups?.([owner.gid])
  process.setegid?.(owner.gid)
  process.seteuid?.(owner.uid)
  return () => {
    process.seteuid?.(0)
    process.setegid?.(0)
    process.setgroups?.(groups)
  }
}
