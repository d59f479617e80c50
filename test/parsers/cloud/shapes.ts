// One record of the unified audit log in each form in which products write it. All names are invented.

export type Json = Record<string, unknown>

export const RECORD: Json = {
  CreationTime: '2025-08-21T03:14:15',
  Id: '5f0c2d1e-0000-4000-8000-00000000a001',
  Operation: 'New-InboxRule',
  OrganizationId: '7d1b2c3e-0000-4000-8000-00000000beef',
  RecordType: 1,
  ResultStatus: 'True',
  UserKey: 'k.berg@contoso.example',
  UserType: 0,
  Version: 1,
  Workload: 'Exchange',
  ClientIP: '[2001:db8::77]:51234',
  ObjectId: 'EURPR01A001.PROD.OUTLOOK.COM/contoso.onmicrosoft.com/1234\\.',
  UserId: 'k.berg@contoso.example',
  AppId: '00000002-0000-0ff1-ce00-000000000000',
  OrganizationName: 'contoso.onmicrosoft.com',
  Parameters: [
    { Name: 'Name', Value: '.' },
    { Name: 'ForwardTo', Value: 'drop@mail.example' },
    { Name: 'DeleteMessage', Value: 'True' },
  ],
  SessionId: '0A0B0C0D-0000-4000-8000-00000000cafe',
}

const row = (o: Json): Json => ({
  RecordType: 'ExchangeAdmin',
  CreationDate: '2025-08-21T03:14:15.0000000Z',
  UserIds: o.UserId,
  Operations: o.Operation,
  AuditData: JSON.stringify(o),
  ResultIndex: 1,
  ResultCount: 1,
  Identity: o.Id,
  IsValid: true,
  ObjectState: 'Unchanged',
})

const csv = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  `${rows.map((values) => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')}\r\n`

const cells = (o: Json): string => csv([Object.keys(o), Object.values(o).map(String)])

/** Each form, by who writes it. */
export const forms: Readonly<Record<string, (record: Json) => string>> = {
  'a line of JSON': (o) => `${JSON.stringify(o)}\n`,
  'indented JSON in a list': (o) => JSON.stringify([o], null, 2),
  'Search-UnifiedAuditLog as JSON': (o) => JSON.stringify([row(o)], null, 2),
  'Search-UnifiedAuditLog as CSV': (o) =>
    `#TYPE Selected.System.Management.Automation.PSCustomObject\r\n${cells(row(o))}`,
  'Purview, now': (o) =>
    csv([
      ['RecordId', 'CreationDate', 'RecordType', 'Operation', 'UserId', 'AuditData', 'AssociatedAdminUnits'],
      [String(o.Id), '2025-08-21T03:14:15.0000000Z', '1', String(o.Operation), String(o.UserId), JSON.stringify(o), ''],
    ]),
  'Purview, before': (o) =>
    csv([
      ['CreationDate', 'UserIds', 'Operations', 'AuditData'],
      ['2025-08-21T03:14:15.0000000Z', String(o.UserId), String(o.Operation), JSON.stringify(o)],
    ]),
  'with semicolons': (o) =>
    csv(
      [
        ['CreationDate', 'UserIds', 'Operations', 'AuditData'],
        ['21.08.2025 03:14:15', String(o.UserId), String(o.Operation), JSON.stringify(o)],
      ],
      ';',
    ),
  'Splunk, an exported search': (o) => `${JSON.stringify({ preview: false, result: { _raw: JSON.stringify(o) } })}\n`,
  'Elastic, nested': (o) =>
    JSON.stringify({
      hits: {
        hits: [{ _index: 'filebeat', _source: { '@timestamp': '2025-08-21T03:14:15.000Z', o365: { audit: o } } }],
      },
    }),
  'Elastic, with dots': (o) =>
    JSON.stringify([Object.fromEntries(Object.entries(o).map(([name, value]) => [`o365.audit.${name}`, value]))]),
  'Elastic, before it is taken apart': (o) => `${JSON.stringify({ '@timestamp': '', message: JSON.stringify(o) })}\n`,
  Wazuh: (o) => `${JSON.stringify({ rule: { id: '91533' }, data: { integration: 'office365', office365: o } })}\n`,
  'Microsoft Graph': (o) =>
    JSON.stringify({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata',
      value: [
        {
          id: o.Id,
          createdDateTime: '2025-08-21T03:14:15Z',
          auditLogRecordType: 'exchangeAdmin',
          operation: o.Operation,
          userPrincipalName: o.UserId,
          service: 'Exchange',
          auditData: o,
        },
      ],
    }),
  'Defender, hunting': (o) =>
    cells({
      Timestamp: '2025-08-21T03:14:15Z',
      ActionType: 'New-InboxRule',
      RawEventData: JSON.stringify(o),
      AuditData: '',
      Operation: '',
    }),
  'Sentinel as JSON': (o) =>
    JSON.stringify([
      {
        TimeGenerated: '2025-08-21T03:14:15Z',
        RecordType: 'ExchangeAdmin',
        Operation: o.Operation,
        OfficeWorkload: 'Exchange',
        OfficeId: o.Id,
        ResultStatus: 'True',
        UserId: o.UserId,
        ClientIP: o.ClientIP,
        OfficeObjectId: o.ObjectId,
        OrganizationName: o.OrganizationName,
        Parameters: JSON.stringify(o.Parameters),
        SessionId: o.SessionId,
        Type: 'OfficeActivity',
      },
    ]),
  'Sentinel as CSV': (o) =>
    cells({
      'TimeGenerated [UTC]': '2025-08-21T03:14:15Z',
      RecordType: 'ExchangeAdmin',
      Operation: o.Operation,
      OfficeWorkload: 'Exchange',
      OfficeId: o.Id,
      ResultStatus: 'True',
      UserId: o.UserId,
      ClientIP: o.ClientIP,
      OfficeObjectId: o.ObjectId,
      OrganizationName: o.OrganizationName,
      Parameters: JSON.stringify(o.Parameters),
      SessionId: o.SessionId,
    }),
}
