// What each form for other programs may hold, written by hand from its specification: only the parts that we use, and
// closed, so that a field that a format does not know fails a test.

type Schema = Readonly<Record<string, unknown>>

const closed = (
  required: Readonly<Record<string, unknown>>,
  optional: Readonly<Record<string, unknown>> = {},
): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
})
const list = (items: unknown, more: Schema = {}): Schema => ({ type: 'array', items, ...more })
const some = (items: unknown): Schema => list(items, { minItems: 1 })
const one = (...values: readonly unknown[]): Schema => ({ enum: values })
const like = (pattern: string): Schema => ({ type: 'string', pattern })

const text: Schema = { type: 'string', minLength: 1 }
const int: Schema = { type: 'integer' }
const count: Schema = { type: 'integer', minimum: 0 }
const yes: Schema = { type: 'boolean' }
const uuid5 = '[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const time = like('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$')
const digest = like('^[0-9a-f]{64}$')
const technique = like('^T\\d{4}(?:\\.\\d{3})?$')

// ---------------------------------------------------------------- STIX 2.1, os of 10 June 2021

const stixId = (type: string): Schema => like(`^${type}--${uuid5}$`)
const anyId = like(`^[a-z0-9-]+--(?:${uuid5}|[0-9a-f-]{36})$`)
const reference = closed({ source_name: text }, { external_id: text, url: like('^https?://') })

function sdo(type: string, required: Schema, optional: Schema = {}): Schema {
  return closed(
    {
      type: { const: type },
      spec_version: { const: '2.1' },
      id: stixId(type),
      created: time,
      modified: time,
      ...required,
    },
    {
      created_by_ref: stixId('identity'),
      object_marking_refs: some(like('^marking-definition--')),
      labels: some(text),
      confidence: { type: 'integer', minimum: 0, maximum: 100 },
      external_references: some(reference),
      description: text,
      ...optional,
    },
  )
}
const sco = (type: string, required: Schema, optional: Schema = {}): Schema =>
  closed({ type: { const: type }, spec_version: { const: '2.1' }, id: stixId(type), ...required }, optional)

export const stixSchema: Schema = closed({
  type: { const: 'bundle' },
  id: stixId('bundle'),
  objects: some({
    oneOf: [
      closed({
        type: { const: 'marking-definition' },
        spec_version: { const: '2.1' },
        id: one(
          'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
          'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
          'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
          'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
          'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
        ),
        created: time,
        name: like('^TLP:(?:CLEAR|GREEN|AMBER|AMBER\\+STRICT|RED)$'),
        extensions: closed({
          'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': closed({
            extension_type: { const: 'property-extension' },
            tlp_2_0: one('clear', 'green', 'amber', 'amber+strict', 'red'),
          }),
        }),
      }),
      sdo('identity', { name: text, identity_class: { const: 'system' } }),
      sdo('attack-pattern', { name: text, external_references: some(reference) }),
      sdo('vulnerability', { name: like('^CVE-\\d{4}-\\d{4,}$') }),
      sdo('campaign', { name: text }, { first_seen: time, last_seen: time }),
      sdo('intrusion-set', { name: text }),
      sdo('indicator', {
        name: text,
        indicator_types: some({ const: 'malicious-activity' }),
        pattern: like("^\\[.+ = '.*'\\]$"),
        pattern_type: { const: 'stix' },
        valid_from: time,
      }),
      sdo('observed-data', {
        first_observed: time,
        last_observed: time,
        number_observed: { type: 'integer', minimum: 1, maximum: 999_999_999 },
        object_refs: some(anyId),
      }),
      sdo('relationship', {
        relationship_type: one('uses', 'targets', 'indicates', 'based-on'),
        source_ref: anyId,
        target_ref: anyId,
      }),
      sdo(
        'sighting',
        {
          sighting_of_ref: stixId('indicator'),
          where_sighted_refs: some(stixId('identity')),
          count: { type: 'integer', minimum: 1, maximum: 999_999_999 },
        },
        { observed_data_refs: some(stixId('observed-data')), first_seen: time, last_seen: time },
      ),
      sdo('report', { name: text, published: time, object_refs: some(anyId), report_types: some(text) }),
      sco('ipv4-addr', { value: like('^[\\d.]+$') }),
      sco('ipv6-addr', { value: like('^[0-9a-f:.]+$') }),
      sco('domain-name', { value: text }),
      sco('url', { value: like('^https?://') }),
      sco('email-addr', { value: text }),
      sco('user-account', { account_login: text }),
      sco('directory', { path: text }),
      {
        ...sco(
          'file',
          {},
          { hashes: closed({ 'SHA-256': digest }), name: text, parent_directory_ref: stixId('directory') },
        ),
        anyOf: [{ required: ['hashes'] }, { required: ['name'] }],
      },
    ],
  }),
})

// ---------------------------------------------------------------- MISP core format, and the object template `file`

const seconds = like('^-?\\d+$')
const mispAttribute = closed(
  {
    uuid: like(`^${uuid5}$`),
    type: one(
      'ip-src',
      'hostname',
      'url',
      'uri',
      'vulnerability',
      'comment',
      'target-machine',
      'target-email',
      'sha256',
      'filename',
      'text',
    ),
    category: one('Network activity', 'External analysis', 'Payload installation', 'Targeting data', 'Other'),
    value: text,
    to_ids: yes,
    distribution: { const: '5' },
    timestamp: seconds,
  },
  {
    comment: text,
    object_relation: one('sha256', 'filename', 'fullpath'),
    first_seen: time,
    last_seen: time,
    Sighting: some(
      closed({ uuid: like(`^${uuid5}$`), type: { const: '0' }, date_sighting: seconds, source: { const: 'postern' } }),
    ),
  },
)
export const mispSchema: Schema = closed({
  Event: closed({
    uuid: like(`^${uuid5}$`),
    info: text,
    date: like('^\\d{4}-\\d\\d-\\d\\d$'),
    timestamp: seconds,
    threat_level_id: one('1', '2', '3', '4'),
    analysis: one('0', '1', '2'),
    distribution: { const: '0' },
    published: { const: false },
    Tag: some(closed({ name: text })),
    Attribute: list(mispAttribute),
    Object: list(
      closed(
        {
          uuid: like(`^${uuid5}$`),
          name: { const: 'file' },
          'meta-category': { const: 'file' },
          description: text,
          template_uuid: { const: '688c46fb-5edb-40a3-8273-1af7923e2215' },
          template_version: { const: '25' },
          timestamp: seconds,
          distribution: { const: '5' },
          Attribute: some(mispAttribute),
        },
        { comment: text, first_seen: time, last_seen: time },
      ),
    ),
  }),
})

// ---------------------------------------------------------------- ATT&CK Navigator, layer format 4.5

export const navigatorSchema: Schema = closed({
  name: text,
  versions: closed({ navigator: text, layer: { const: '4.5' } }),
  domain: { const: 'enterprise-attack' },
  description: text,
  sorting: one(0, 1, 2, 3),
  layout: closed({
    layout: one('side', 'flat', 'mini'),
    showID: yes,
    showName: yes,
    expandedSubtechniques: one('none', 'all', 'annotated'),
  }),
  hideDisabled: yes,
  techniques: list(
    closed({
      techniqueID: technique,
      score: { type: 'number', minimum: 0, maximum: 100 },
      enabled: yes,
      comment: text,
      metadata: list(closed({ name: text, value: text })),
    }),
  ),
  gradient: closed({
    colors: list(like('^#[0-9a-f]{6}$'), { minItems: 2 }),
    minValue: { const: 0 },
    maxValue: { const: 100 },
  }),
  legendItems: list(closed({ label: text, color: like('^#[0-9a-f]{6}$') })),
  showTacticRowBackground: yes,
  selectTechniquesAcrossTactics: yes,
  selectSubtechniquesWithParent: yes,
})

// ---------------------------------------------------------------- Timesketch

export const timesketchSchema: Schema = closed(
  {
    message: text,
    datetime: like('^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00$'),
    timestamp: int,
    timestamp_desc: text,
    tag: some(text),
    data_type: one('postern:finding', 'postern:build'),
    hostname: text,
    log: text,
  },
  {
    stage: text,
    level: text,
    source_ip: text,
    username: text,
    target: text,
    rule_name: text,
    rule_id: text,
    campaign: text,
    cve: some(text),
    technique: some(text),
    status_code: text,
    user_agent: text,
    sha256_hash: text,
    count,
    time_basis: text,
    evidence_file: text,
    line: count,
    record: count,
    byte_offset: count,
    raw: text,
    finding_id: text,
    chain_id: text,
  },
)

// ---------------------------------------------------------------- Elastic Common Schema 8.17

export const ecsSchema: Schema = closed(
  {
    '@timestamp': time,
    ecs: closed({ version: { const: '8.17.0' } }),
    message: text,
    event: closed(
      {
        kind: { const: 'alert' },
        category: some(one('web', 'intrusion_detection', 'malware', 'email')),
        type: some(one('access', 'info')),
        module: { const: 'postern' },
        dataset: { const: 'postern.finding' },
        severity: count,
      },
      { id: text, provider: text, start: time, end: time, reason: text, original: text },
    ),
    observer: closed({ vendor: text, product: text, version: text, type: text }),
    host: closed({ name: text, hostname: text }),
    tags: some(text),
    postern: closed(
      {
        stage: text,
        level: text,
        confidence: text,
        is: text,
        sign: closed({ subject: text, kind: text, strength: text }),
        count,
        log: text,
        time_basis: text,
      },
      {
        campaign: text,
        intrusion: text,
        target: text,
        cves: some(text),
        notes: some(text),
        place: closed({ offset: count, length: count }, { artifact: text, line: count, record: count }),
      },
    ),
  },
  {
    rule: closed({}, { id: text, name: text, author: some(text), license: text, ruleset: text }),
    source: closed({ address: text }, { ip: like('^[0-9a-f:.]+$') }),
    user: closed({ name: text }, { domain: text }),
    related: closed({}, { ip: some(like('^[0-9a-f:.]+$')), hash: some(digest), user: some(text) }),
    url: closed({ path: text }),
    http: closed({}, { request: closed({ method: text }), response: closed({ status_code: int }) }),
    user_agent: closed({ original: text }),
    file: closed({ path: text }, { name: text, hash: closed({ sha256: digest }) }),
    process: closed({}, { executable: text, name: text, command_line: text, parent: closed({ executable: text }) }),
    threat: closed(
      { framework: { const: 'MITRE ATT&CK' } },
      {
        technique: some(
          closed({ id: list(technique), name: list(text), reference: list(like('^https://attack\\.mitre\\.org/')) }),
        ),
      },
    ),
    vulnerability: closed({ id: text }),
    log: closed({ file: closed({ path: text }) }),
  },
)

// ---------------------------------------------------------------- OCSF 1.5, Detection Finding

const ocsfTechnique = closed({ uid: technique, name: text }, { src_url: like('^https://attack\\.mitre\\.org/') })
export const ocsfSchema: Schema = closed(
  {
    activity_id: { const: 1 },
    activity_name: { const: 'Create' },
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2004 },
    class_name: { const: 'Detection Finding' },
    type_uid: { const: 200401 },
    type_name: text,
    time: int,
    severity_id: one(1, 2, 3, 4, 5),
    severity: text,
    confidence_id: one(1, 2, 3),
    confidence: text,
    status_id: one(1, 3),
    status: one('New', 'Suppressed'),
    is_alert: yes,
    count,
    message: text,
    metadata: closed(
      { version: { const: '1.5.0' }, product: closed({ name: text, vendor_name: text, version: text }) },
      { uid: text, log_name: text },
    ),
    finding_info: closed(
      {
        uid: text,
        title: text,
        created_time: int,
        analytic: closed({ type_id: { const: 1 }, type: text }, { uid: text, name: text, category: text }),
      },
      {
        desc: text,
        types: some(text),
        first_seen_time: int,
        last_seen_time: int,
        data_sources: some(text),
        attacks: some(closed({ technique: ocsfTechnique }, { sub_technique: ocsfTechnique })),
      },
    ),
    evidences: some(
      closed(
        { data: { type: 'object', minProperties: 1 } },
        {
          src_endpoint: closed({ ip: like('^[0-9a-f:.]+$') }),
          user: closed({ name: text }),
          file: closed(
            { name: text, type_id: { const: 1 } },
            {
              path: text,
              type: text,
              hashes: some(closed({ algorithm_id: { const: 3 }, algorithm: text, value: digest })),
            },
          ),
          http_request: closed({ url: closed({ path: text }) }, { http_method: text, user_agent: text }),
        },
      ),
    ),
  },
  {
    start_time: int,
    end_time: int,
    resources: some(closed({ name: text, hostname: text, type: text })),
    vulnerabilities: some(closed({ cve: closed({ uid: text }) })),
    observables: some(closed({ name: text, type_id: one(2, 8), type: text, value: text })),
    raw_data: text,
    unmapped: { type: 'object' },
  },
)

// ---------------------------------------------------------------- CASE 1.4 and UCO 1.4, as JSON-LD

const kb = like(`^kb:[a-z-]+-${uuid5}$`)
const ref = closed({ '@id': kb })
const refs = some(ref)
const node = (type: unknown, required: Schema, optional: Schema = {}): Schema =>
  closed({ '@id': kb, '@type': type, ...required }, { 'uco-core:description': text, ...optional })
const typed = (type: string, value: Schema): Schema => closed({ '@type': { const: type }, '@value': value })
const caseTool = { 'uco-core:name': text, 'uco-tool:toolType': text, 'uco-tool:version': text }
export const caseSchema: Schema = closed({
  '@context': { type: 'object', additionalProperties: text },
  '@graph': some({
    oneOf: [
      node({ const: 'case-investigation:Investigation' }, { 'uco-core:name': text, 'uco-core:object': refs }),
      node({ const: 'uco-tool:AnalyticTool' }, caseTool),
      node(
        { const: ['uco-tool:AnalyticTool', 'uco-tool:ConfiguredTool'] },
        { ...caseTool, 'uco-configuration:isConfigurationOf': ref, 'uco-configuration:usesConfiguration': ref },
      ),
      node(
        { const: 'uco-configuration:Configuration' },
        {
          'uco-configuration:configurationEntry': some(
            node(
              { const: 'uco-configuration:ConfigurationEntry' },
              { 'uco-configuration:itemName': text, 'uco-configuration:itemValue': text },
            ),
          ),
        },
      ),
      node(
        { const: 'case-investigation:InvestigativeAction' },
        {
          'uco-core:name': text,
          'uco-action:instrument': ref,
          'uco-action:object': list(ref),
          'uco-action:result': refs,
        },
      ),
      node({ const: 'case-investigation:ProvenanceRecord' }, { 'uco-core:object': list(ref) }),
      node(
        { const: 'uco-observable:File' },
        {
          'uco-core:hasFacet': {
            type: 'array',
            minItems: 2,
            prefixItems: [
              node(
                { const: 'uco-observable:FileFacet' },
                {
                  'uco-observable:fileName': text,
                  'uco-observable:filePath': text,
                  'uco-observable:isDirectory': { const: false },
                  'uco-observable:sizeInBytes': count,
                },
              ),
              node(
                { const: 'uco-observable:ContentDataFacet' },
                { 'uco-observable:sizeInBytes': count },
                {
                  'uco-observable:hash': some(
                    node(
                      { const: 'uco-types:Hash' },
                      {
                        'uco-types:hashMethod': typed('xsd:string', { const: 'SHA256' }),
                        'uco-types:hashValue': typed('xsd:hexBinary', digest),
                      },
                    ),
                  ),
                },
              ),
            ],
            items: false,
          },
        },
      ),
    ],
  }),
})

// ---------------------------------------------------------------- DFIR-IRIS 2.4, requests of its interface

const upload = (path: string): Schema =>
  closed({ method: { const: 'POST' }, path: { const: path }, body: closed({ CSVData: text }) })
export const irisSchema: Schema = closed({
  about: text,
  requests: {
    type: 'array',
    minItems: 2,
    prefixItems: [
      closed({
        method: { const: 'POST' },
        path: { const: '/manage/cases/add' },
        body: closed({
          case_name: { type: 'string', minLength: 2 },
          case_description: { type: 'string', minLength: 2 },
          case_soc_id: text,
          case_customer: int,
          case_tags: text,
        }),
      }),
      upload('/case/assets/upload'),
    ],
    items: { oneOf: [upload('/case/ioc/upload'), upload('/case/timeline/events/csv_upload')] },
  },
})

// ---------------------------------------------------------------- SARIF 2.1.0, errata 01

const uri = like("^[A-Za-z0-9%._~!*'()/-]+$")
const message = closed({ text })
const location = (more: Schema): Schema =>
  closed(
    {
      physicalLocation: closed({
        artifactLocation: closed({ uri }, { index: count }),
        region: closed(
          { byteOffset: count, byteLength: count },
          { startLine: { type: 'integer', minimum: 1 }, snippet: message },
        ),
      }),
      ...more,
    },
    { logicalLocations: some(closed({ name: text, kind: text })) },
  )
const bag: Schema = { type: 'object' }
const level = one('none', 'note', 'warning', 'error')
export const sarifSchema: Schema = closed({
  $schema: like('^https://docs\\.oasis-open\\.org/sarif/'),
  version: { const: '2.1.0' },
  runs: some(
    closed({
      tool: closed({
        driver: closed({
          name: text,
          version: text,
          rules: list(
            closed(
              { id: text, name: text, shortDescription: message, defaultConfiguration: closed({ level }) },
              { helpUri: like('^https://attack\\.mitre\\.org/'), properties: bag },
            ),
          ),
        }),
      }),
      columnKind: { const: 'utf16CodeUnits' },
      artifacts: list(
        closed(
          {
            location: closed({ uri }, { description: message }),
            length: count,
            roles: some({ const: 'analysisTarget' }),
          },
          { hashes: closed({ 'sha-256': digest }) },
        ),
      ),
      results: list(
        closed(
          {
            ruleId: text,
            ruleIndex: count,
            kind: one('fail', 'informational'),
            level,
            message,
            fingerprints: closed({ 'postern/1': text }),
            occurrenceCount: count,
            properties: bag,
          },
          {
            locations: some(location({})),
            relatedLocations: some(location({ id: count })),
            suppressions: some(closed({ kind: { const: 'external' } }, { justification: text })),
          },
        ),
      ),
      properties: bag,
    }),
  ),
})
