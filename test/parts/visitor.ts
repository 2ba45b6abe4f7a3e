import type { RunningWeb } from './web.ts'

/** A browser as far as a server sees one: it keeps its cookie and sends forms as their page wrote them. */
export function aVisitor(web: Pick<RunningWeb, 'port'>, headers: Record<string, string> = {}) {
  const address = `http://127.0.0.1:${web.port}`
  let cookie = ''

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(address + path, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', cookie, ...headers, ...init.headers },
    })
    for (const line of answer.headers.getSetCookie()) cookie = line.split(';', 1)[0] ?? ''
    return answer
  }

  const visitor = {
    cookie: () => cookie,
    get: ask,
    text: async (path: string) => (await ask(path)).text(),
    /** Sends these fields and no other, as from no page. */
    send: (path: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: more }),
    /** Sends the form with this action of that page, its hidden fields and these. */
    async submit(page: string, action: string, fields: Record<string, string> = {}) {
      const form = (await visitor.text(page))
        .split('<form ')
        .find((each) => each.includes(`action="${action}"`))
      if (form === undefined) throw new Error(`${page} has no form for ${action}`)
      const hidden = form
        .slice(0, form.indexOf('</form>'))
        .matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)
      const own = Object.fromEntries([...hidden].map(([, name, value]) => [name, value]))
      return visitor.send(action, { ...own, ...fields }, { origin: address })
    },
    signIn: (name: string, password = `${name} rides a horse`, page = '/login') =>
      visitor.submit(page, '/login', { name, password }),
  }
  return visitor
}

export type Visitor = ReturnType<typeof aVisitor>
