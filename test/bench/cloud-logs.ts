import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { Seeded } from './text-logs.ts'

/** How audit rows are written: as Purview saves a search, or one record a line. */
export type AuditForm = 'csv' | 'jsonl'

const START = Date.UTC(2025, 7, 1)
const HEADER =
  'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames'
/** One row in so many is a planted one, and the first is. */
const APART = 50_000

/**
 * Writes rows of the unified audit log of an invented tenant into one file: half of them mail that was opened, the rest
 * logons, files, messages that were sent and deleted, and what administrators do. Planted: rules that send mail outside
 * and hide it.
 */
export function writeAudit(path: string, rows: number, form: AuditForm): { bytes: number; planted: number } {
  mkdirSync(dirname(path), { recursive: true })
  const random = new Seeded(20_250_801)
  const make = tenant(random)
  const out = openSync(path, 'w')
  let text = form === 'csv' ? `\uFEFF${HEADER}\r\n` : ''
  let [bytes, planted] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const isPlanted = row % APART === 0
    if (isPlanted) planted++
    const record = isPlanted ? plant(random, START + row * 500) : make(START + row * 500)
    const json = JSON.stringify(record)
    text +=
      form === 'jsonl'
        ? `${json}\n`
        : `${record.Id},${record.CreationTime}.0000000Z,${record.RecordType},${record.Operation},${record.UserId},"${json.replaceAll('"', '""')}",,\r\n`
    if (text.length > 1e6) {
      bytes += writeSync(out, text)
      text = ''
    }
  }
  bytes += writeSync(out, text)
  closeSync(out)
  return { bytes, planted }
}

type Made = {
  readonly Id: string
  readonly CreationTime: string
  readonly RecordType: number
  readonly Operation: string
  readonly UserId: string
}

const TENANT = '7d1b2c3e-0000-4000-8000-00000000beef'
const CLIENTS = [
  'Client=OWA;Action=ViaProxy',
  'Client=MSExchangeRPC',
  'Client=OutlookService;Outlook-iOS/2.0;',
  'Client=REST;Client=RESTSystem;;',
  'Client=WebServices;Mozilla/5.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro);',
]

function tenant(random: Seeded): (time: number) => Made {
  const people = Array.from({ length: 3000 }, (_, i) => ({
    upn: `person${i}@contoso.example`,
    guid: random.guid(),
    sid: `S-1-5-21-${random.int(65_536)}-${random.int(65_536)}-${random.int(65_536)}-${1000 + i}`,
    address: `198.51.100.${1 + random.int(250)}`,
    session: random.guid(),
  }))
  const apps = CLIENTS.map(() => random.guid())
  return (time) => {
    const person = random.early(people)
    const base = (RecordType: number, Operation: string, Workload: string) => ({
      CreationTime: new Date(time).toISOString().slice(0, 19),
      Id: random.guid(),
      Operation,
      OrganizationId: TENANT,
      RecordType,
      ResultStatus: 'Succeeded',
      UserKey: person.guid.slice(0, 16),
      UserType: 0,
      Version: 1,
      Workload,
      UserId: person.upn,
    })
    const program = random.int(CLIENTS.length)
    const mailbox = {
      ClientIPAddress: person.address,
      ClientInfoString: CLIENTS[program]!,
      ExternalAccess: false,
      InternalLogonType: 0,
      LogonType: 0,
      LogonUserSid: person.sid,
      MailboxGuid: person.guid,
      MailboxOwnerSid: person.sid,
      MailboxOwnerUPN: person.upn,
      OrganizationName: 'contoso.onmicrosoft.com',
      OriginatingServer: 'MX01EX0101 (15.20.9000.010)',
      SessionId: person.session,
    }
    const message = () => ({
      InternetMessageId: `<${random.hex(32)}@mail.contoso.example>`,
      SizeInBytes: 4000 + random.int(60_000),
      Id: `RgAAAAD${random.hex(60)}`,
    })
    const which = random.int(100)
    if (which < 50)
      return {
        ...base(50, 'MailItemsAccessed', 'Exchange'),
        ...mailbox,
        AppId: apps[program]!,
        ClientAppId: '',
        OperationProperties: [
          { Name: 'MailAccessType', Value: random.int(8) === 0 ? 'Sync' : 'Bind' },
          { Name: 'IsThrottled', Value: 'False' },
        ],
        Folders: [
          {
            FolderItems: Array.from({ length: 1 + random.int(4) }, message),
            Id: `LgAAAAC${random.hex(60)}`,
            Path: random.of(['\\Inbox', '\\Sent Items', '\\Inbox\\Projects']),
          },
        ],
        OperationCount: 1 + random.int(4),
        AppAccessContext: {
          AADSessionId: person.session,
          IssuedAtTime: '1601-01-01T00:00:00',
          UniqueTokenId: random.hex(22),
        },
      }
    if (which < 65)
      return {
        ...base(15, 'UserLoggedIn', 'AzureActiveDirectory'),
        ClientIP: person.address,
        ObjectId: random.of(apps),
        AzureActiveDirectoryEventType: 1,
        ExtendedProperties: [
          { Name: 'ResultStatusDetail', Value: 'Success' },
          {
            Name: 'UserAgent',
            Value: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/13${random.int(9)}.0.0.0 Safari/537.36`,
          },
          { Name: 'RequestType', Value: 'OAuth2:Authorize' },
        ],
        ModifiedProperties: [],
        Actor: [
          { ID: person.guid, Type: 0 },
          { ID: person.upn, Type: 5 },
        ],
        ActorContextId: TENANT,
        ActorIpAddress: person.address,
        InterSystemsId: random.guid(),
        IntraSystemId: random.guid(),
        Target: [{ ID: random.of(apps), Type: 0 }],
        TargetContextId: TENANT,
        ApplicationId: random.of(apps),
        DeviceProperties: [
          { Name: 'OS', Value: 'Windows10' },
          { Name: 'BrowserType', Value: 'Chrome' },
          { Name: 'IsCompliantAndManaged', Value: 'True' },
          { Name: 'SessionId', Value: person.session },
        ],
        ErrorNumber: '0',
      }
    if (which < 85)
      return {
        ...base(
          6,
          random.of(['FileAccessed', 'FileModified', 'FilePreviewed', 'FileSyncDownloadedFull']),
          'SharePoint',
        ),
        ClientIP: person.address,
        ObjectId: `https://contoso.sharepoint.example/sites/team${random.int(90)}/Shared Documents/report ${random.int(9999)}.docx`,
        CorrelationId: random.guid(),
        EventSource: 'SharePoint',
        ItemType: 'File',
        ListId: random.guid(),
        ListItemUniqueId: random.guid(),
        Site: random.guid(),
        UserAgent: 'Microsoft Office Word/16.0.17928 (Windows/10.0; Desktop x64; en-US; Desktop app)',
        WebId: random.guid(),
        SourceFileExtension: 'docx',
        SiteUrl: `https://contoso.sharepoint.example/sites/team${random.int(90)}`,
        SourceFileName: `report ${random.int(9999)}.docx`,
        SourceRelativeUrl: 'Shared Documents',
        ApplicationDisplayName: 'Microsoft Office',
      }
    if (which < 92)
      return {
        ...base(2, 'Send', 'Exchange'),
        ...mailbox,
        Item: {
          Attachments: `minutes ${random.int(99)}.pdf (${random.int(90_000)}b)`,
          ...message(),
          Subject: `Minutes of week ${random.int(53)}`,
          ParentFolder: { Id: `LgAAAAC${random.hex(60)}`, Path: '\\Drafts' },
        },
        SaveToSentItems: true,
      }
    if (which < 99)
      return {
        ...base(3, random.of(['MoveToDeletedItems', 'SoftDelete', 'HardDelete']), 'Exchange'),
        ...mailbox,
        AffectedItems: [
          { ...message(), Subject: `Minutes of week ${random.int(53)}`, ParentFolder: { Path: '\\Inbox' } },
        ],
        CrossMailboxOperation: false,
        Folder: { Id: `LgAAAAC${random.hex(60)}`, Path: '\\Inbox' },
      }
    return {
      ...base(1, random.of(['Set-Mailbox', 'Set-CASMailbox', 'Set-User', 'Add-DistributionGroupMember']), 'Exchange'),
      ResultStatus: 'True',
      ClientIP: `${person.address}:${50_000 + random.int(9999)}`,
      ObjectId: person.upn,
      OrganizationName: 'contoso.onmicrosoft.com',
      OriginatingServer: 'MX01EX0101 (15.20.9000.010)',
      Parameters: [
        { Name: 'Identity', Value: person.upn },
        { Name: 'CustomAttribute1', Value: `number ${random.int(9999)}` },
      ],
    }
  }
}

function plant(random: Seeded, time: number): Made {
  const record = {
    CreationTime: new Date(time).toISOString().slice(0, 19),
    Id: random.guid(),
    Operation: 'New-InboxRule',
    OrganizationId: TENANT,
    RecordType: 1,
    ResultStatus: 'True',
    UserKey: 'k',
    UserType: 0,
    Version: 1,
    Workload: 'Exchange',
    UserId: `person${random.int(3000)}@contoso.example`,
    ClientIP: `203.0.113.${1 + random.int(250)}:50112`,
    OrganizationName: 'contoso.onmicrosoft.com',
    Parameters: [
      { Name: 'Name', Value: 'Newsletter of the week' },
      { Name: 'ForwardTo', Value: 'drop@mail.example' },
      { Name: 'DeleteMessage', Value: 'True' },
    ],
  }
  return record
}
