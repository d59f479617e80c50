/** Rules of every form that a question can have, for requests and for logs of Exchange. */
const detections: readonly string[] = [
  "a: { cs-uri-stem: '/aspnet_client/shell.aspx' }\n    condition: a",
  "a: { cs-uri-query|contains: 'needle-one' }\n    condition: a",
  "a: { cs-uri-query|contains: ['needle-two', 'exec_code'] }\n    b: { cs-method: POST }\n    condition: a and b",
  "a: { cs-uri-query|contains: '/shell.aspx?exec' }\n    condition: a",
  "a: { cs-uri-query|contains: 'l.aspx' }\n    condition: a",
  "a: { cs-uri|endswith: 'cmd=dir' }\n    condition: a",
  "a: { sc-status: 404 }\n    b: { cs-uri-stem|startswith: '/owa' }\n    condition: a and not b",
  'a: { sc-status|gte: 400 }\n    b: { cs-user-agent|contains: python }\n    condition: a and b',
  "a: { cs-user-agent|contains: 'like Gecko' }\n    condition: a",
  "a: { cs-username: null }\n    b: { cs-uri-stem|re: '^/ecp/[a-z]\\.js$' }\n    condition: a and b",
  'a: { cs-username|exists: true }\n    b: { cs-uri-stem|endswith: .asmx }\n    condition: a and b',
  "a: { cs-host|exists: false }\n    b: { cs-uri-stem: '/wp-login.php' }\n    condition: a and b",
  "a: { c-ip|cidr: '203.0.113.0/24' }\n    b: { cs-method: HEAD }\n    condition: a and b",
  "a: { cs-username|contains: '$' }\n    b: { sc-status: [207, 241] }\n    condition: 1 of *",
  'a: { cs-method: GET }\n    b: { sc-status: 302 }\n    c: { cs-uri-stem|contains: mapi }\n    condition: all of them',
  "a: { cs-uri-query|re: 'User=[A-Z]+.ann' }\n    condition: a",
  // Alternatives that only begin in one way, optional parts, and two texts that both must stand there.
  "a: { cs-uri-query|re|i: 'us(?:e|%65)r(?:=|%(?:25){0,2}3d)c?ontoso(?:[^a-z0-9]|%(?:25){0,1}5c).{0,3}ann' }\n    condition: a",
  "a: { cs-uri-query|re|i: 'cmd=(?:sync|ping|fold.{1,9}).{0,40}device(?:id|type)=' }\n    condition: a",
  "a: { cs-uri-stem|re|i: ['/(?:ecp|owa)/.{0,20}\\.(?:js|aspx?)$', 'autod(?:iscover)?.{0,9}\\.(?:json|xml)'] }\n    condition: a",
  "a: { cs-uri|re|i: '(?:@|%40)evil(?:\\.|%2e)ex.{0,9}(?:/|%2f)auto(?:[a-d]|%6\\d)' }\n    condition: a",
  'a: { cs-uri-query: null }\n    b: { cs-method: RPC_IN_DATA }\n    condition: a and b',
  "a: ['needle-two', 'evil.example']\n    condition: a",
  "a: ['need*two', 'exec?code', 'evil*needle-t']\n    condition: a",
  "a: { '|re': 'evil\\.ex[a-m]mple' }\n    condition: a",
  'a: { cs-referer|contains: evil }\n    condition: a',
  'a: { time-taken|lt: 40 }\n    condition: a',
  'a: { cs-uri-stem|cased|contains: EWS }\n    b: { cs-method|neq: POST }\n    condition: a and b',
  "a: { x-forwarded-for: '192.0.2.7' }\n    b: { cs-method: GET }\n    condition: a and b",
  'a: { Authenticated: true }\n    b: { Succeeded: true }\n    c: { cs-method: POST }\n    d: { cs-uri-stem|contains: DDIService }\n    condition: a and b and c and d',
  'a: { SsrfHost|contains: mail01 }\n    condition: a',
  "a: { AnchorMailbox|endswith: 'ben7@contoso.example' }\n    condition: a",
  "a: { GenericInfo|contains: 'needle-one, two' }\n    condition: a",
  "a: { cs-uri-stem: '*' }\n    b: { cs-uri-stem|re: '[?]' }\n    condition: a and b",
  'a: { message-subject|contains: needle }\n    condition: a',
  "a: { data|contains: needle }\n    b: { remote-endpoint|startswith: '203.0.113.5:' }\n    condition: a or b",
  'a: { ActAsUser|contains: ben }\n    b: { HttpStatus: 200 }\n    condition: a and b',
  // Texts of which several must stand there, short ones, and those of other letters.
  "a: { cs-uri-query|contains|all: ['User=', '&DeviceId=', 'ann'] }\n    condition: a",
  "a: { cs-uri-query|contains|all: ['needle', 'e-t'] }\n    b: { cs-method: GET }\n    condition: a and b",
  "a: { cs-uri-query|contains: 'd=' }\n    b: { sc-status: [200, 404] }\n    condition: a and b",
  "a: { cs-uri-query|contains: ['Käfer', 'ж', 'İn'] }\n    condition: a",
  "a: { cs-uri-query|contains: '%4' }\n    b: { cs-uri-stem|contains: '/ecp/' }\n    condition: a and b",
  "a: { cs-uri-stem|contains: ['/owa/', '/ecp/'] }\n    b: { cs-uri-query|contains: ['r=', 'Cmd='] }\n    condition: a and b",
  // Texts that reach over the border of path and query, as they are written and escaped.
  "a: { cs-uri|contains: ['.eas\\?Cmd=', '/\\?exec'] }\n    b: { cs-method: GET }\n    condition: a and b",
  "a: { cs-uri|re: '\\.(aspx|js|json)\\?(x=1|@[a-z])' }\n    condition: a",
  "a: { cs-uri-query|contains: 'hell.aspx\\?a=..' }\n    condition: a",
  "a: { cs-uri-query|contains: ['\\?User=ж', '\\?%zz'] }\n    condition: a",
  "a: { cs-uri-query|contains: ['a\\?', '\\?\\?'] }\n    condition: a",
  // Long ones, of which the rare part stands at the end, or the border; also in the first row of a file.
  `a: { RequestId|contains: '${'0'.repeat(120)}-4000-8000-' }\n    condition: a`,
  `a: { cs-uri|contains: '/${'x'.repeat(150)}.aspx\\?zzz' }\n    condition: a`,
  // Very many short ones; of some questions one part is common.
  `a: { cs-uri-query|contains: [.pl, .py, .sh, .am, .cc, .ws, .vip, .xyz, ..;/, '&dt=', echo, wget, curl, '~1', ind, '%n', Ж] }\n    condition: a`,
  "a: { cs-uri-query|contains: 'd=' }\n    b: { cs-uri-query|contains: ['&schema=OAB', 'DeviceId=A1'] }\n    condition: a and b",
  "a: { cs-uri-query|contains: 'd=' }\n    b: { cs-uri-query|contains: ['dir', '2f'] }\n    c: { sc-status: 200 }\n    condition: a and b and c",
  // Texts at the end: of one character, behind an escape, of the path where there is no query, over the border, of other letters.
  "a: { cs-uri-query|endswith: [dir, '1', n] }\n    b: { cs-method: GET }\n    condition: a and b",
  "a: { cs-uri-query|endswith: ['.js', 'hell.aspx', '%', e-one] }\n    condition: a",
  "a: { cs-uri-query|endswith: ['y.js\\?x=1&cmd=dir', '\\?', 'ж', K] }\n    condition: a",
  "a: { cs-uri-query|endswith: whoami }\n    b: { cs-uri-query|contains: 'code=' }\n    c: { cs-user-agent|endswith: ['x64)', Win64; x64), '5.1'] }\n    condition: a and b and c",
  "a: { UrlQuery|endswith: ['e', dir] }\n    b: { GenericInfo|endswith: two }\n    condition: a or b",
  'a: { Succeeded: false }\n    b: { Cmdlet|contains: Mailbox }\n    condition: a and b',
  // What is made of parts of a value, and of two columns.
  "a: { ActAsUser|contains: ben }\n    b: { EventData|contains: ':user=' }\n    condition: a or b",
  "a: { RemotePort|gte: 40000 }\n    b: { RemoteIP|cidr: '203.0.113.0/24' }\n    condition: a and b",
  'a: { SendConnector|contains: Out }\n    b: { Succeeded: true }\n    condition: a and b',
  'a: { operation: DelegateLogon }\n    b: { ActAsUser|endswith: 7 }\n    condition: a and b',
  "a: { Caller|endswith: ann }\n    b: { Parameters|contains: '-FilePath' }\n    condition: a and b",
]

/** Texts that are no ASCII, in values and over the border of two. */
const wide: readonly string[] = [
  "a: { cs-uri-query|contains: ['ü', '¦…'] }\n    condition: a",
  "a: { cs-username|contains: 'шИШ' }\n    condition: a",
  "a: { cs-username|endswith: 'gen' }\n    b: { cs-username|contains: 'ü' }\n    condition: a and b",
  "a: ['Σa', 'naïve', 'aİ', 'Kx']\n    condition: a",
  "a: { cs-uri|contains: 'ü?' }\n    condition: a",
  "a: { cs-user-agent|endswith: ['ü', 'Ü)'] }\n    condition: a",
  "a: { cs-uri-stem|re: '(?i)[^ -~]/' }\n    condition: a",
  "a: { GenericInfo|contains: ['ü', '名'] }\n    condition: a",
  "a: { cs-uri-query|contains: '\\ufeff' }\n    b: { cs-method: POST }\n    condition: a or b",
]

/** What many rows answer with yes: their hits are soon only counted. */
const common: readonly string[] = [
  "a: { cs-referer|contains: ['https', 'owa'] }\n    b: { cs-user-agent: null }\n    condition: a and not b",
  "a: { cs-uri-query|contains: x }\n    b: { c-ip|startswith: '1' }\n    condition: a and b",
  "a: { cs-uri-query|contains: 'CorrelationID' }\n    condition: a",
  'a: { cs-uri-query|contains: User }\n    b: { cs-username|contains: ben }\n    condition: a and not b',
  'a: { cs-method: [GET, POST] }\n    b: { sc-status: [200, 401] }\n    condition: a and b',
  "a: { cs-uri|contains: 'a' }\n    condition: a",
  'a: { ServerHostName|contains: mail }\n    condition: a',
  "a: ['ann', 'like gecko']\n    condition: a",
  "a: ['/owa', 'x+y']\n    b: { cs-method: [GET, POST] }\n    c: { sc-status: 404 }\n    condition: a and b and not c",
  "a: { '|re': '[a-z]{3}/[0-9]' }\n    condition: a",
  "a: { '|re': '^\"?20[0-9-]{5,20}' }\n    b: { cs-method: GET }\n    condition: a and b",
  "a: { '|all': ['200', '/s'] }\n    condition: a",
  "a: ['O\\\\ann']\n    condition: a",
  "a: ['contoso']\n    b: ['mozilla*win']\n    condition: a and not b",
]

/** What no single column can rule out: with these every row is read as a whole. */
const never: readonly string[] = [
  'a: { cs-uri-stem|fieldref: cs-uri-query }\n    condition: a',
  'a: { cs-method: HEAD }\n    b: { sc-status: 241 }\n    c: { s-port: 444 }\n    condition: 2 of them',
]

export type Which = { readonly all: boolean; readonly isCommon?: boolean }

export function sigmaRules({ all, isCommon = false }: Which): readonly string[] {
  return ofBothSources([...detections, ...wide, ...(isCommon ? common : []), ...(all ? never : [])])
}

/** Rules that are asked of requests and the same asked of Exchange's logs, each with an id of its own. */
export function ofBothSources(asked: readonly string[]): readonly string[] {
  return asked.flatMap((detection, i) =>
    ['category: webserver', 'product: exchange'].map(
      (source, j) =>
        `title: Rule ${i} ${j}\nid: rule-${i}-${j}\nlogsource: { ${source} }\ndetection:\n    ${detection}\n`,
    ),
  )
}

/** A list of names of parameters, one of which many requests have. */
export const parameters = 'type,value\nwebshell_param,exec_code\nwebshell_param,User\n'

export const indicators = `192.0.2.7
198.51.100.64/26
evil.example
antSword/v2.1
C:\\inetpub\\wwwroot\\aspnet_client\\shell.aspx
`
