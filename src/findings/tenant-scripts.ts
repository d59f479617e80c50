import { networkOf } from '../lib/ip.ts'
import { type CloudCell, type CountedSignIn, isPersonOfTenant } from '../activity/cloud-audit.ts'
import { addTo, addToSet } from '../lib/collections.ts'
import { DAY } from '../lib/time.ts'
import type { TenantFacts } from '../model/sign-ins.ts'
import { mailEvent } from './mail-fields.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'

// Programs with which no person signs in or reads mail: libraries of phishing kits and of tools that guess passwords, protocols without a
// second factor, and clients of Microsoft for administrators and developers.

/** Fewest accounts that such a program tries and does not sign in with, which are guessing. */
const ACCOUNTS = 5
/** Fewest days on which accounts sign in with such a program at places of their own that show that it is one of the organization's. */
const OWN = 2
const MOST = 50

/** Libraries that administrators use, too, with the tools of Microsoft for the command line. */
const LIBRARY = /^(?:python|okhttp|java|ruby|libwww|perl|php|guzzle|restsharp)/i
/** The program that TeamFiltration says it is: Microsoft Teams of 2020, which Microsoft serves no more. */
const TEAM_FILTRATION = /\bteams\/1\.3\.00\.30866 chrome\/80\./i
/** What Entra writes of POP, IMAP and SMTP with a password alone. */
const WITHOUT_SECOND_FACTOR = /^(?:bav2ropc|cbainprod|cbaintar|cbainmt)/i

/**
 * The program of a sign-in, where it is a library or has no second factor: its name without its version. Null of a browser, of a program
 * with which people work, and of a library that asks for anything but mail.
 */
export function scriptOf({ system, tool, app }: CountedSignIn, { applications }: TenantFacts): string | null {
  if (TEAM_FILTRATION.test(tool)) return 'the agent of TeamFiltration'
  const isOfMail = applications.get(app.toLowerCase()) === 'mail-client'
  if (system !== 'script' && !WITHOUT_SECOND_FACTOR.test(tool) && !(isOfMail && LIBRARY.test(tool))) return null
  return /^[\w.-]*/.exec(tool)![0].toLowerCase()
}

/**
 * Accounts that signed in from a network that is new for them by such a program, with which they signed in nowhere before and at no place
 * of their own: origin with manner.
 */
export function signInsByScript({ signIns, places, facts }: TenantActivity): ComputedFinding[] {
  const found = new Map<string, CountedSignIn[]>()
  const own = new Map<string, Set<string>>()
  for (const one of signIns) {
    const script = one.result === 'success' ? scriptOf(one, facts) : null
    if (script === null) continue
    const { user, client, first } = one
    if (places.isOutside(client) && places.isNew(user, client, first)) addTo(found, `${user}\0${script}`, one)
    else addToSet(own, `${user}\0${script}`, networkOf(client))
  }
  return [...found]
    .filter(([key, all]) => !isUsedElsewhere(own.get(key), all))
    .flatMap(([key, all]) => {
      const script = key.slice(key.indexOf('\0') + 1)
      return [...Map.groupBy(all, ({ client }) => networkOf(client))].map(
        ([network, some]): ComputedFinding => ({
          by: 'sign-in-by-script',
          key: `sign-in-by-script\0${key}\0${network}`,
          says: `signed in with ${script} from ${network}, which is new for the account`,
          rows: some.reduce((sum, { rows }) => sum + rows, 0),
          events: some.slice(0, MOST).map(signInEvent),
        }),
      )
    })
}

/**
 * Accounts that were refused from foreign places by such a program, with which no account signs in at a place of its own: who guesses at
 * a small organization does not reach ten accounts.
 */
export function guessingByScript({ signIns, places, facts }: TenantActivity): ComputedFinding[] {
  const refused = new Map<string, CountedSignIn[]>()
  const known = new Map<string, Set<number>>()
  const accounts = new Map<string, Set<string>>()
  for (const one of signIns) {
    const script = scriptOf(one, facts)
    if (script === null) continue
    const isForeign = places.isForeign(one.user, one.client, one.first)
    if (one.result === 'success' && !isForeign) addToSet(known, script, Math.floor(one.first / DAY))
    if (one.result !== 'refused' || !isForeign) continue
    addTo(refused, script, one)
    addToSet(accounts, script, one.user)
  }
  return [...refused].flatMap(([script, own]): ComputedFinding[] => {
    const tried = accounts.get(script)!.size
    if ((known.get(script)?.size ?? 0) >= OWN || tried < ACCOUNTS) return []
    const rows = own.reduce((sum, one) => sum + one.rows, 0)
    return [
      {
        by: 'password-guessing',
        key: `password-guessing\0${script}`,
        says: `${rows} sign-ins of ${tried} accounts with ${script} were refused`,
        rows,
        events: own.slice(0, MOST).map(signInEvent),
      },
    ]
  })
}

/**
 * Mail that a client of Microsoft for administrators and developers opened from a network that is new for the account, which it uses at no
 * place of its own: who gets a token for such a client by a trick reads mail with it.
 */
export function mailByTools({ cloud, places, facts }: TenantActivity): ComputedFinding[] {
  const found = new Map<string, CloudCell[]>()
  const own = new Map<string, Set<string>>()
  for (const cell of cloud.cells()) {
    const { act, app, by, client, first, graph, mailbox } = cell
    const isReading = act === 'bind' || act === 'sync'
    if (!isReading || app === null || facts.applications.get(app) !== 'tool' || graph === 'graph-service') continue
    const account = (by ?? mailbox).toLowerCase()
    if (!isPersonOfTenant(account)) continue
    const key = `${account}\0${app}`
    if (places.isOutside(client) && places.isNew(account, client, first)) addTo(found, key, cell)
    else if (client !== null) addToSet(own, key, networkOf(client))
  }
  return [...found]
    .filter(([key, cells]) => !isUsedElsewhere(own.get(key), cells))
    .map(([key, cells]) => ({
      by: 'mail-by-tool',
      key: `mail-by-tool\0${key}`,
      says: `application ${cells[0]!.app} read mail from ${networkOf(cells[0]!.client!)}, which is new for the account`,
      rows: cells.reduce((sum, { rows }) => sum + rows, 0),
      events: cells.slice(0, MOST).map(mailEvent),
    }))
}

/** Is one of the places of its own another network than those that are new? As the logs begin, the attacker's is not new. */
function isUsedElsewhere(
  own: ReadonlySet<string> | undefined,
  found: readonly { readonly client: string | null }[],
): boolean {
  if (own === undefined) return false
  const news = new Set(found.map(({ client }) => networkOf(client!)))
  return [...own].some((network) => !news.has(network))
}
