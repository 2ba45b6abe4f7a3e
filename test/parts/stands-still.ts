/** The loop is busy for so many milliseconds, as soon as what is under way has been sent. */
export function standsStill(ms: number): void {
  setImmediate(() => {
    for (const end = performance.now() + ms; performance.now() < end; );
  })
}
