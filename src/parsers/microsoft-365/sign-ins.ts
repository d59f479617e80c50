import { systemOf } from '../../model/client-systems.ts'
import type { Fields } from '../../model/event.ts'
import type { CloudTally } from '../../model/scan.ts'
import { isSignInOperation, signInPartNames, type SignInResult } from '../../model/sign-ins.ts'
import { type Members, memberText, propertiesOf, writtenOut } from './record.ts'

// Sign-ins of a tenant, counted: who, from where, by what, in which session, and what came of it.

/** Where a row lies, and when and by whom it was written. */
export type RecordOrigin = {
  readonly time: number | null
  readonly user: string | null
  readonly client: string | null
  readonly session: string | null
  readonly offset: number
  readonly length: number
  readonly line: number
}

const DAY = 86_400_000
const LONGEST = 200
/** Most distinct sign-ins: those that were refused have room of their own, so that guessing crowds out no success. */
const MOST = { served: 300_000, refused: 300_000 }

type SignInTally = CloudTally['signIns']

type SignInWords = Readonly<
  Record<Exclude<(typeof signInPartNames)[number], 'day' | 'user' | 'client' | 'session'>, string>
>

/** Counts sign-ins of one file. */
export class SignInCounter {
  readonly #at = new Map<string, number>()
  readonly #numbers: number[] = []
  readonly #of = { served: 0, refused: 0 }
  #beyond = 0

  /** A record of the unified audit log, where it is one of a sign-in. */
  unified(members: Members, origin: RecordOrigin): void {
    const operation = memberText(members, 'operation') ?? ''
    if (!isSignInOperation(operation)) return
    const device = new Map(propertiesOf(members.get('deviceproperties')?.[1]).map(({ name, value }) => [name, value]))
    const more = new Map(propertiesOf(members.get('extendedproperties')?.[1]).map(({ name, value }) => [name, value]))
    const agent = more.get('UserAgent') ?? ''
    const code = writtenOut(members.get('errornumber')?.[1])
    this.#add(origin, {
      vantage: 'audit',
      device: device.get('Id') ?? '',
      system: systemOf(agent) || systemOf(device.get('OS') ?? ''),
      tool: agent,
      app: memberText(members, 'applicationid') ?? '',
      flow: /^cmsi:cmsi$/i.test(more.get('RequestType') ?? '') ? 'device-code' : '',
      issuer: '',
      result: /^userloggedin$/i.test(operation) ? 'success' : resultOf(code, memberText(members, 'logonerror') ?? ''),
    })
  }

  /** A sign-in as Entra itself writes it. */
  entra(fields: Fields, recordOrigin: RecordOrigin): void {
    const text = (...names: string[]): string => {
      for (const name of names) {
        const value = fields[name]
        if (typeof value === 'string' && value !== '') return value
        if (typeof value === 'number') return String(value)
      }
      return ''
    }
    // A correlation id is not the session.
    const origin = { ...recordOrigin, session: text('sessionId', 'SessionId').toLowerCase() }
    const agent = text('userAgent', 'UserAgent')
    // Where one of them says `none`, the other may name the flow.
    const protocols = [
      text('authenticationProtocol', 'AuthenticationProtocol'),
      text('originalTransferMethod', 'OriginalTransferMethod'),
    ]
    this.#add(origin, {
      vantage: 'sign-in',
      device: text('deviceDetail.deviceId', 'DeviceDetail.deviceId'),
      system:
        systemOf(agent) ||
        systemOf(text('deviceDetail.operatingSystem', 'DeviceDetail.operatingSystem', 'Operating System')),
      tool: agent || text('clientAppUsed', 'ClientAppUsed'),
      app: text('appId', 'AppId'),
      flow: protocols.some((protocol) => /^device ?code/i.test(protocol)) ? 'device-code' : '',
      issuer: /^ad ?federation/i.test(text('tokenIssuerType', 'TokenIssuerType')) ? 'federated' : '',
      result: fields.Succeeded === true ? 'success' : resultOf(text('ResultType'), ''),
    })
  }

  /** As plain data, once. */
  tally(): SignInTally {
    return { parts: [...this.#at.keys()], numbers: Float64Array.from(this.#numbers), beyond: this.#beyond }
  }

  #add({ time, user, client, session, offset, length, line }: RecordOrigin, words: SignInWords): void {
    if (time === null || user === null || client === null) return
    const values = {
      ...words,
      day: String(Math.floor(time / DAY)),
      user: user.toLowerCase(),
      client,
      session: session ?? '',
    }
    const key = signInPartNames.map((name) => values[name].slice(0, LONGEST).replaceAll('\0', ' ')).join('\0')
    let at = this.#at.get(key)
    if (at === undefined) {
      const room = words.result === 'success' ? 'served' : 'refused'
      if (this.#of[room] >= MOST[room]) {
        this.#beyond++
        return
      }
      this.#of[room]++
      at = this.#numbers.length
      this.#at.set(key, at)
      this.#numbers.push(0, time, time, offset, length, line)
    }
    const numbers = this.#numbers
    numbers[at]!++
    if (time < numbers[at + 1]!) {
      numbers[at + 1] = time
      numbers[at + 3] = offset
      numbers[at + 4] = length
      numbers[at + 5] = line
    }
    numbers[at + 2] = Math.max(numbers[at + 2]!, time)
  }
}

/**
 * What a code of Entra shows about the password. https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 * Refused: the password was wrong, or no account has the name, or the account was locked for it. Password right: it was accepted, and
 * something else was missing (a second factor, a change of the password, a managed device). Other codes do not show it.
 */
function resultOf(code: string, error: string): SignInResult {
  if (code === '0') return 'success'
  if (code === DENIED) return 'denied'
  // The code shows it for certain; the name of the error counts where there is none that is known.
  if (WRONG.has(code)) return 'refused'
  if (RIGHT.has(code)) return 'password-right'
  if (/^(?:InvalidUserNameOrPassword|UserAccountNotFound|IdsLocked)$/i.test(error)) return 'refused'
  const isRight =
    /^(?:UserStrongAuth|InvalidPasswordExpired|BlockedByConditionalAccess|DeviceAuthenticationRequired)/i.test(error)
  return isRight ? 'password-right' : 'other'
}

/** Wrong password, no such user, locked, wrong password at the directory on premises. */
const WRONG: ReadonlySet<string> = new Set(['50126', '50034', '50053', '50056', '50064', '80014', '81016'])
/** The second factor was refused or not given. */
const DENIED = '500121'
/** Expired, second factor needed, terms, conditional access. */
const RIGHT: ReadonlySet<string> = new Set(
  '50055 50072 50074 50076 50079 50144 50158 50203 53000 53001 53002 53003 53004 530032'.split(' '),
)
