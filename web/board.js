// Keeps a page of the board as new as the appliance. `/events` says that something changed; then the
// same page is fetched and what differs is put in, so that focus, typed words and the place on the
// page stay. Without this file the page is whole, and fetched anew by the browser.

/** Between two fetches, for news come in swarms; and ten times what one took, for a Pi has more to do. */
const pauseMs = 1000
const pauseTimes = 10
/** Ages grow without news. */
const agesMs = 60_000
/** After the server would not have us at all, signed out say, or too many pages open. */
const turnedAwayMs = 15_000
const afterFailureMs = 5000
/** A form under way: its answer is the next page. */
const sendingMs = 30_000

const main = document.getElementById('main')
let source = null
let nextMs = 0
let waiting = null
let sendingSinceMs = -sendingMs

listen()
setInterval(soon, agesMs)
document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()))
addEventListener('pagehide', rest)
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  sendingSinceMs = -sendingMs
  listen()
})
document.addEventListener('submit', sendOnce)

function listen() {
  if (source || document.hidden) return
  source = new EventSource('/events')
  soon()
  // What happened while nobody listened is made up for.
  source.addEventListener('open', soon)
  source.addEventListener('changed', ({ data }) => concernsThisPage(JSON.parse(data)) && soon())
  source.addEventListener('error', () => {
    soon()
    if (source?.readyState !== EventSource.CLOSED) return
    source = null
    setTimeout(listen, turnedAwayMs)
  })
}

function rest() {
  source?.close()
  source = null
  clearTimeout(waiting)
  waiting = null
}

function concernsThisPage({ printers, records }) {
  const [, printer] = location.pathname.match(/^\/printers\/([^/]+)(?:\/history)?$/) ?? []
  return records || !printer || printers.includes(printer)
}

function soon() {
  const isSending = performance.now() - sendingSinceMs < sendingMs
  if (waiting !== null || document.hidden || isSending || isRefused()) return
  const restMs = Math.max(0, nextMs - performance.now())
  waiting = setTimeout(async () => {
    const startedMs = performance.now()
    await fetchAnew()
    nextMs = startedMs + Math.max(pauseMs, pauseTimes * (performance.now() - startedMs))
    waiting = null
    // How far a round is brings no news by itself.
    if (main.querySelector('progress')) soon()
  }, restMs)
}

async function fetchAnew() {
  const headers = { Accept: 'text/html', 'X-By-Itself': 'yes' }
  let answer
  let text
  try {
    answer = await fetch(location.href, { headers, cache: 'no-store' })
    text = await answer.text()
  } catch {
    setTimeout(soon, afterFailureMs)
    return tell('No connection to platen: what stands here may be old.')
  }
  // To the sign-in page; but not from under somebody's hands.
  if (answer.redirected && !hasTyped()) return location.reload()
  if (answer.redirected)
    return tell('You were signed out. Copy what you typed, then reload the page.')
  tell('')
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('main')
  if (!answer.ok || !fresh) return
  const back = wayBackToFocus()
  becomeChildren(main, fresh)
  back()
}

/** Elements with an id are known again wherever they have moved to. */
function becomeChildren(old, fresh) {
  const known = new Map([...old.children].filter(({ id }) => id).map((each) => [each.id, each]))
  let at = old.firstChild
  for (const next of [...fresh.childNodes]) {
    const here = at && !at.id && at.nodeName === next.nodeName ? at : null
    const same = next.id ? known.get(next.id) : here
    if (!same || same.nodeName !== next.nodeName) {
      old.insertBefore(next, at)
      continue
    }
    if (same === at) at = at.nextSibling
    else old.insertBefore(same, at)
    become(same, next)
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}

function become(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data
    return
  }
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name)) old.removeAttribute(name)
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  becomeChildren(old, fresh)
}

/** A row that moved was taken out for a moment, and a link that is in another list is another one. */
function wayBackToFocus() {
  const had = document.activeElement
  if (!had || !main.contains(had)) return () => {}
  const href = had.getAttribute('href')
  const action = had.form?.getAttribute('action')
  return () => {
    if (document.activeElement === had) return
    const twin = href
      ? main.querySelector(`a[href="${CSS.escape(href)}"]`)
      : action && main.querySelector(`form[action="${CSS.escape(action)}"] button`)
    const to = main.contains(had) ? had : twin
    to?.focus({ preventScroll: true })
  }
}

/** What answers a form stands at its address, where the blank form is fetched: both words would go. */
function isRefused() {
  return main.querySelector('[role="alert"]') !== null
}

function hasTyped() {
  const fields = [...main.querySelectorAll('input:not([type=hidden]), textarea')]
  return fields.some((field) => field.value !== field.defaultValue)
}

function tell(words) {
  const said = document.getElementById('connection')
  if (said && said.textContent !== words) said.textContent = words
}

/** A printer may take its time to answer, and a second press would ask it again. */
function sendOnce(event) {
  const form = event.target
  if (form.method !== 'post') return
  if (performance.now() - sendingSinceMs < sendingMs) return event.preventDefault()
  sendingSinceMs = performance.now()
  form.querySelector('.busy')?.removeAttribute('hidden')
}
