import { csvHead, request, windowsEvent, exchange } from './rows.ts'
import { DAY, isoText, type Pen, stamp } from './pen.ts'
import type { Step } from './spec.ts'

// Logons: refused and served, over the web, IMAP, POP, SMTP, and as Windows records them.

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0'
const stems: Readonly<Record<string, string>> = {
  Autodiscover: '/autodiscover/autodiscover.xml',
  Eas: '/Microsoft-Server-ActiveSync/default.eas',
  Ews: '/EWS/Exchange.asmx',
  Mapi: '/mapi/emsmdb/',
  Owa: '/owa/service.svc',
  RpcHttp: '/rpc/rpcproxy.dll',
}

type Logon = {
  readonly time: number
  readonly user: string
  readonly client: string
  readonly isRefused: boolean
  readonly number: number
}

const text = (step: Step, key: string, otherwise = ''): string =>
  step[key] === undefined ? otherwise : String(step[key])
const count = (step: Step, key: string, otherwise: number): number =>
  step[key] === undefined ? otherwise : Number(step[key])

/** `users` is a list, or `user*40` for user1 to user40. */
function usersOf(step: Step): string[] {
  const users = text(step, 'users')
  const many = /^(.+)\*(\d+)$/.exec(users)
  return many ? Array.from({ length: Number(many[2]) }, (_, i) => `${many[1]}${i + 1}`) : users.split(',')
}

/**
 * Each user `times` times on each of `days`, with `seconds` between two, from `client` or, where it ends with `*`, from another address of the
 * network each time.
 */
function* logonsOf(step: Step, time: number, isRefused: boolean): Generator<Logon> {
  const client = step.client ?? '203.0.113.177'
  let number = 0
  for (let day = 0; day < count(step, 'days', 1); day++)
    for (let i = 0; i < count(step, 'times', 1); i++)
      for (const user of usersOf(step)) {
        const own = client.endsWith('*') ? client.replace('*', String(1 + (number % 250))) : client
        const within = (number % 10_000) * count(step, 'seconds', 5) * 1000
        yield { time: time + day * DAY + within, user, client: own, isRefused, number: number++ }
      }
}

function web(pen: Pen, step: Step, { time, user, client, isRefused, number }: Logon): void {
  const protocol = text(step, 'protocol', 'Owa')
  const device = text(step, 'device').replace('#', String(number + 1))
  const query =
    device === ''
      ? text(step, 'query', protocol === 'Owa' ? 'action=GetItem' : '')
      : `Cmd=Sync&User=${user}&DeviceId=${device}&DeviceType=iPhone`
  const name = step.form === 'domain' ? `${pen.netbios}\\${user}` : `${user}@${pen.domain}`
  const stem = text(step, 'stem', stems[protocol]!)
  request(pen, {
    time,
    protocol,
    method: text(step, 'method', 'POST'),
    stem,
    query,
    client,
    agent: step.agent ?? browser,
    user: name,
    ...(isRefused
      ? { status: 401, sub: 1, win32: count(step, 'reason', 1326) }
      : { status: 200, backEndStatus: 200, back: { stem, query, user: name } }),
  })
}

/** `mailbox`: the mailbox of another that the logon opens; `form` as for the web, or `slashes`. */
function mailProtocol(pen: Pen, step: Step, { time, user: plain, client, isRefused, number }: Logon): void {
  const user = loginOf(pen, step, plain)
  const isPop = text(step, 'protocol') === 'Pop'
  const name = isPop ? 'POP3' : 'IMAP4'
  const columns = 'dateTime,sessionId,seqNumber,sIp,cIp,user,duration,rqsize,rpsize,command,parameters,context,puid'
  const session = (1_000_000 + number).toString(16).toUpperCase().padStart(16, '0')
  const ends = [`${pen.address}:${isPop ? 995 : 993}`, `${client}:${40_000 + (number % 20_000)}`]
  const said = isRefused
    ? isPop
      ? '"R=""-ERR Logon failure: unknown user name or bad password."";Msg=LogonFailed:LogonDenied"'
      : '"R=""A1 NO LOGIN failed."";Msg=AuthFailed:LogonDenied"'
    : 'R=ok'
  const rows = isPop
    ? [
        ['user', user, 'R=ok', ''],
        ['pass', '*****', said, user],
      ]
    : [['login', `${user} *****`, said, isRefused ? '' : user]]
  for (const [i, [command, parameters, context, own]] of rows.entries())
    pen.row(
      'imap-pop',
      `${exchange}\\Logging\\${isPop ? 'Pop3' : 'Imap4'}\\${name}${stamp(time, 0, 8)}-1.LOG`,
      time,
      csvHead(pen, time, `${name} Log`, columns),
      `${[isoText(time), session, i + 1, ...ends, own, 12, 20, 30, command, parameters, context, ''].join(',')}\r\n`,
    )
}

function loginOf(pen: Pen, step: Step, user: string): string {
  const between = step.form === 'slashes' ? '/' : '\\'
  const account = step.form === 'address' ? `${user}@${pen.domain}` : `${pen.netbios}${between}${user}`
  const mailbox = text(step, 'mailbox')
  if (mailbox !== '') return `${account}${between}${mailbox}`
  return step.form === undefined ? user : account
}

function smtp(pen: Pen, { time, user, client, isRefused, number }: Logon): void {
  const columns = 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context'
  const session = `08DC${(10_000_000 + number).toString(16).toUpperCase().padStart(12, '0')}`
  const name = `${user}@${pen.domain}`
  const rows = isRefused
    ? [
        ['<', 'AUTH LOGIN', ''],
        ['>', '334 <authentication response>', ''],
        ['*', '', 'Inbound AUTH LOGIN failed because of LogonDenied'],
        ['*', '', `User Name: ${name}`],
        ['>', '535 5.7.3 Authentication unsuccessful', ''],
      ]
    : [
        ['<', 'AUTH LOGIN', ''],
        ['*', 'SMTPSubmit SMTPAcceptAnyRecipient BypassAntiSpam AcceptRoutingHeaders', 'Set Session Permissions'],
        ['*', `${pen.netbios}\\${user}`, 'authenticated'],
        ['>', '235 2.7.0 Authentication successful', ''],
      ]
  for (const [i, [event, data, context]] of rows.entries())
    pen.row(
      'smtp-receive',
      `${exchange}\\TransportRoles\\Logs\\FrontEnd\\ProtocolLog\\SmtpReceive\\RECV${stamp(time, 0, 8)}-1.LOG`,
      time,
      csvHead(pen, time, 'SMTP Receive Protocol Log', columns),
      `${[isoText(time), `${pen.host}\\Client Frontend ${pen.host}`, session, i + 5, `${pen.address}:587`, `${client}:${40_000 + (number % 20_000)}`, event, data, context].join(',')}\r\n`,
    )
}

function windows(pen: Pen, step: Step, { time, user, client, isRefused }: Logon): void {
  windowsEvent(pen, 'windows-security', {
    time,
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    id: isRefused ? 4625 : 4624,
    data: {
      TargetUserName: user,
      TargetDomainName: pen.netbios,
      ...(isRefused
        ? { Status: '0xc000006d', SubStatus: text(step, 'reason', '0xc000006a') }
        : { TargetLogonId: `0x${(0x100000 + Math.floor((time / 1000) % 0xfffff)).toString(16)}` }),
      LogonType: text(step, 'type', '3'),
      WorkstationName: text(step, 'workstation', 'WORKSTATION'),
      IpAddress: client,
      IpPort: '50112',
    },
  })
}

function take(pen: Pen, time: number, step: Step, isRefused: boolean): void {
  for (const logon of logonsOf(step, time, isRefused)) {
    const protocol = text(step, 'protocol', 'Owa')
    if (protocol === 'Imap' || protocol === 'Pop') mailProtocol(pen, step, logon)
    else if (protocol === 'Smtp') smtp(pen, logon)
    else if (protocol === 'Windows') windows(pen, step, logon)
    else web(pen, step, logon)
  }
}

export const logonSteps: Readonly<Record<string, (pen: Pen, time: number, step: Step) => void>> = {
  'logons-refused': (pen, time, step) => take(pen, time, step, true),
  'logons-served': (pen, time, step) => take(pen, time, step, false),
  /** Refusals at the form of Outlook on the web: the entry names no account, and the form is shown again. */
  'form-refused'(pen, time, step) {
    const client = step.client ?? '203.0.113.177'
    for (let i = 0; i < count(step, 'times', 1); i++) {
      const at = time + i * count(step, 'seconds', 20) * 1000
      const base = { client, agent: step.agent ?? browser, protocol: 'Owa' } as const
      request(pen, { ...base, time: at, method: 'POST', stem: '/owa/auth.owa', status: 302 })
      const query = `url=https%3a%2f%2fmail.${pen.domain}%2fowa%2f&reason=2`
      request(pen, { ...base, time: at + 200, method: 'GET', stem: '/owa/auth/logon.aspx', query, status: 200 })
    }
  },
  /** A handshake: each request is refused once and then served. */
  handshakes(pen, time, step) {
    for (const { user, ...logon } of logonsOf(step, time, false)) {
      const row = {
        protocol: 'Ews',
        method: 'POST',
        stem: '/EWS/Exchange.asmx',
        user: `${pen.netbios}\\${user}`,
        client: logon.client,
        agent: step.agent ?? browser,
      } as const
      request(pen, { ...row, time: logon.time, status: 401, sub: 1, win32: 0 })
      request(pen, { ...row, time: logon.time + 1000, status: 200, backEndStatus: 200 })
    }
  },
}
