import { isoTime } from '../../src/lib/time.ts'

// Records of a tenant out of short lines: `TIME WHAT USER CLIENT key=value …`. A time with `*N` stands for that time on N days, and `{n}`
// in a value for the number of the record among those of its line with `xN`.

const DAY = 86_400_000
const agents: Readonly<Record<string, string>> = {
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  ios: 'Outlook-iOS/723.4027091.prod.iphone (4.28.0)',
  android:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  linux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  python: 'python-requests/2.32.3',
}

type Words = Readonly<Record<string, string>>
type Line = {
  readonly time: number
  readonly user: string
  readonly client: string
  readonly words: Words
  readonly n: number
}

/** The records, one a line, in the order of their times. */
export function tenantRecords(text: string, domain: string): string {
  const records: { readonly time: number; readonly record: Record<string, unknown> }[] = []
  for (const line of text.split('\n').flatMap(workdays)) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [at = '', what = '', user = '', client = '', ...rest] = line.trim().match(/\S*?"[^"]*"\S*|\S+/g) ?? []
    const [begin = '', days = '1'] = at.split('*')
    const [kind = '', times = '1'] = what.split(/x(?=\d+$)/)
    const words = Object.fromEntries(
      rest.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1).replace(/^"|"$/g, '')]),
    )
    const make = makers[kind]
    const start = isoTime(begin)
    if (make === undefined || start === null) throw new Error(`no such record of a tenant: ${line}`)
    for (let day = 0; day < Number(days); day++)
      for (let n = 0; n < Number(times); n++) {
        const time = start + day * DAY + n * 20_000
        const numbered = Object.fromEntries(Object.entries(words).map(([key, value]) => [key, fill(value, n, day)]))
        const who = user === '-' ? '' : fill(user, n, day)
        const of = {
          time,
          user: who.includes('@') || who === '' || who.startsWith('ServicePrincipal') ? who : `${who}@${domain}`,
          client: fill(client, n, day),
          words: numbered,
          n,
        }
        records.push({ time, record: make(of, domain) })
      }
  }
  return records
    .sort((a, b) => a.time - b.time)
    .map(
      ({ record }, i) =>
        `${JSON.stringify({ Id: `7f0c2d1e-0000-4000-8000-${String(i).padStart(12, '0')}`, ...record })}\n`,
    )
    .join('')
}

const TRACE = [
  'Organization',
  'MessageId',
  'Received',
  'SenderAddress',
  'RecipientAddress',
  'Subject',
  'Status',
  'Size',
]

/** Rows of `Get-MessageTraceV2 | Export-Csv` out of lines `TIME*DAYS xN SENDER RECIPIENT SUBJECT`, with `{n}` and `{day}` as above. */
export function messageTrace(lines: string, domain: string): string {
  const rows = lines.split('\n').flatMap((line) => {
    const [at, many, sender, recipient, ...subject] = line.trim().split(' ')
    if (at === undefined || many === undefined || sender === undefined || recipient === undefined) return []
    const [begin = '', days = '1'] = at.split('*')
    return Array.from({ length: Number(days) * Number(many.slice(1)) }, (_, i) => {
      const [day, n] = [i % Number(days), Math.floor(i / Number(days))]
      const when = new Date(isoTime(begin)! + day * DAY + n * 10_000)
      const received = when.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202f', ' ')
      const to = fill(recipient, n, day)
      const values = [domain, `<${day}-${n}@${sender}>`, received, sender, to, subject.join(' '), 'Delivered', '21000']
      return { time: when.getTime(), row: values.map((value) => `"${value}"`).join(',') }
    })
  })
  const inOrder = rows.sort((a, b) => a.time - b.time).map(({ row }) => row)
  return `${[TRACE.map((name) => `"${name}"`).join(','), ...inOrder].join('\r\n')}\r\n`
}

const people = ['a.diaz', 'k.berg', 'm.osei', 'l.novak', 'p.holm', 'j.reyes']

/** `TIME*N office - CLIENT`: people at work, each in a session of their own. */
function workdays(line: string): string[] {
  const [, at, client] = /^(\S+) office - (\S+)/.exec(line.trim()) ?? []
  if (at === undefined) return [line]
  return people.flatMap((user, i) => {
    const session = `session=0000000${i}-0f0f-4000-8000-00000000000{day}`
    return [`${at} signin ${user} ${client} ${session}`, `${at} mailx2 ${user} ${client} ${session} info=windows`]
  })
}

function fill(text: string, n: number, day: number): string {
  return text.replaceAll('{n}', String(n)).replaceAll('{day}', String(day))
}

const text = (time: number): string => new Date(time).toISOString().slice(0, 19)
const pairs = (words: Words): { Name: string; Value: string }[] =>
  Object.entries(words).map(([Name, Value]) => ({ Name, Value }))

function record(line: Line, type: number, workload: string, more: Record<string, unknown>): Record<string, unknown> {
  return {
    CreationTime: text(line.time),
    OrganizationId: '7d1b2c3e-0000-4000-8000-00000000beef',
    OrganizationName: 'contoso.onmicrosoft.com',
    RecordType: type,
    ResultStatus: line.words.status ?? 'Success',
    UserKey: 'k',
    UserType: 0,
    Version: 1,
    Workload: workload,
    UserId: line.user,
    // Changes of the directory name no address: `-`.
    ...(line.client === '-' ? {} : { ClientIP: line.client }),
    ...more,
  }
}

/** The object id of a user in Entra. */
function idOf(user: string): string {
  return `b1e0c2d1-0000-4000-8000-${Buffer.from(user).toString('hex').slice(0, 12).padEnd(12, '0')}`
}

const makers: Readonly<Record<string, (line: Line, domain: string) => Record<string, unknown>>> = {
  /** `os`, `agent`, `session`, `device`, `app`, `error`, `flow=device`, `key=yes`: with the object id of the user. */
  signin(line) {
    const {
      os = 'windows',
      error = '0',
      session,
      device,
      app = '9199bf20-a13f-4107-85dc-02114787ef48',
      flow,
    } = line.words
    const agent = line.words.agent ?? agents[os]!
    return record(line, 15, 'AzureActiveDirectory', {
      Operation: error === '0' ? 'UserLoggedIn' : 'UserLoginFailed',
      ResultStatus: error === '0' ? 'Success' : 'Failed',
      ...(line.words.key === 'yes' ? { UserKey: idOf(line.user) } : {}),
      ErrorNumber: error,
      ApplicationId: app,
      ActorIpAddress: line.client,
      ExtendedProperties: pairs({
        ResultStatusDetail: 'Success',
        UserAgent: agent,
        RequestType: flow === 'device' ? 'Cmsi:Cmsi' : 'OAuth2:Authorize',
      }),
      DeviceProperties: pairs({
        OS: os,
        ...(device ? { Id: device } : {}),
        ...(session ? { SessionId: session } : {}),
      }),
    })
  },
  /** A sign-in as Microsoft Graph gives it. */
  graph(line) {
    const {
      os = 'windows',
      error = '0',
      session,
      device = '',
      app = '9199bf20-a13f-4107-85dc-02114787ef48',
      flow,
      issuer = 'AzureAD',
      name = 'Office',
    } = line.words
    return {
      createdDateTime: `${text(line.time)}Z`,
      userPrincipalName: line.user,
      appId: app,
      appDisplayName: name,
      resourceDisplayName: 'Office 365 Exchange Online',
      ipAddress: line.client,
      userAgent: line.words.agent ?? agents[os],
      ...(session ? { sessionId: session } : {}),
      authenticationProtocol: flow === 'device' ? 'deviceCode' : 'none',
      tokenIssuerType: issuer,
      conditionalAccessStatus: 'notApplied',
      deviceDetail: { deviceId: device, operatingSystem: os },
      status: { errorCode: Number(error) },
    }
  },
  /** A request to Microsoft Graph, of a user or of an application (`ServicePrincipal…`): `uri`, `method`, `app`, `auth`, `agent`, `session`. */
  request(line) {
    const { uri = '/me/messages', method = 'GET', app, agent = 'python-requests/2.32.3', status = '200' } = line.words
    const isOfUser = !line.user.startsWith('ServicePrincipal')
    const requestId = `8a566ebb-0000-4000-8000-${(line.time + line.n).toString(16).padStart(12, '0')}`
    return {
      time: `${text(line.time)}.000Z`,
      resourceId: '/TENANTS/7D1B2C3E-0000-4000-8000-00000000BEEF/PROVIDERS/MICROSOFT.AADIAM',
      operationName: 'Microsoft Graph Activity',
      category: 'MicrosoftGraphActivityLogs',
      resultSignature: status,
      callerIpAddress: line.client,
      properties: {
        timeGenerated: `${text(line.time)}.000Z`,
        requestId,
        operationId: requestId,
        apiVersion: 'v1.0',
        requestMethod: method,
        responseStatusCode: Number(status),
        responseSizeBytes: 4_000,
        appId: app ?? '14d82eec-204b-4c2f-b7e8-296a70dab67e',
        clientAuthMethod: line.words.auth ?? (isOfUser ? '0' : '2'),
        ipAddress: line.client,
        userAgent: agents[agent] ?? agent,
        requestUri: `https://graph.microsoft.com/v1.0${uri}`,
        ...(isOfUser ? { userId: idOf(line.user) } : { servicePrincipalId: idOf(line.user) }),
        ...(line.words.session ? { sessionId: line.words.session } : {}),
      },
    }
  },
  /** `owner`, `session`, `app`, `info`, `op`, `access=Sync`, `throttled`. */
  mail(line, domain) {
    const {
      owner,
      session,
      app,
      info = 'Client=REST;;',
      op = 'MailItemsAccessed',
      access = 'Bind',
      throttled = 'False',
    } = line.words
    const box = owner === undefined ? line.user : owner.includes('@') ? owner : `${owner}@${domain}`
    return record(line, op === 'MailItemsAccessed' ? 50 : 2, 'Exchange', {
      Operation: op,
      ResultStatus: 'Succeeded',
      MailboxOwnerUPN: box,
      LogonType: box === line.user ? 0 : 2,
      ClientIPAddress: line.client,
      ClientInfoString: info in agents ? `Client=OWA;${agents[info]}` : info,
      ...(app ? { AppId: app, ClientAppId: app } : {}),
      ...(session ? { SessionId: session } : {}),
      OperationProperties: pairs({ MailAccessType: access, IsThrottled: throttled }),
      Folders: [
        {
          Path: '\\Inbox',
          FolderItems: [{ InternetMessageId: `<${line.time}.${line.n}@contoso.example>`, SizeInBytes: 1_000 }],
        },
      ],
    })
  },
  /** `op`, and parameters of the cmdlet. */
  admin(line) {
    const { op = 'Set-Mailbox', status = 'True', session, ...parameters } = line.words
    return record(line, 1, 'Exchange', {
      Operation: op,
      ResultStatus: status,
      ...(session ? { SessionId: session } : {}),
      Parameters: pairs(parameters),
    })
  },
  /** `op`, `app` or `target`, `object`, and properties that were changed. */
  directory(line) {
    const { op = 'Update user.', app, target, object, actor, ...properties } = line.words
    return record(line, 8, 'AzureActiveDirectory', {
      Operation: op,
      ObjectId: object ?? app ?? '',
      ...(actor ? { Actor: [{ ID: actor, Type: 1 }] } : {}),
      Target: [app, target].flatMap((ID) => (ID === undefined ? [] : [{ ID, Type: 2 }])),
      ModifiedProperties: [
        ...pairs(properties).map(({ Name, Value }) => ({ Name, NewValue: Value, OldValue: '[]' })),
        ...(app ? [{ Name: 'TargetId.ServicePrincipalNames', NewValue: `["${app}"]`, OldValue: '' }] : []),
      ],
    })
  },
}
