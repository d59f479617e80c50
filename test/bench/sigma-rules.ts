/** Sigma rules in the shape of public ones, of invented words: most never match, a few do now and then. */
export function sigmaRules(count: number): string[] {
  return Array.from({ length: count }, (_, i) => shapes[i % shapes.length]!(i))
}

type Shape = (i: number) => string

const word = (i: number): string => {
  let state = Math.imul(i + 1, 2654435761) >>> 0
  let text = ''
  for (let at = 0; at < 7; at++) {
    text += 'abcdefghijklmnopqrstuvwxyz'[state % 26]
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  }
  return text
}
const id = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
const rule = (i: number, source: string, detection: string): string =>
  `title: Rule ${i}\nid: ${id(i)}\nstatus: test\nlevel: medium\nlogsource: {product: windows, ${source}}\ndetection:\n${detection}`

const creation: Shape = (i) =>
  rule(
    i,
    'category: process_creation',
    `  img:
    - Image|endswith: '\\${word(i)}.exe'
    - OriginalFileName: '${word(i)}.exe'
  cli:
    CommandLine|contains|all: [' -${word(i * 3)} ', '${word(i * 7)}']
  condition: img and cli\n`,
  )
const commandOnly: Shape = (i) =>
  rule(
    i,
    'category: process_creation',
    `  sel:
    CommandLine|contains: ['${word(i * 5)}', '--${word(i * 11)}', '${word(i)}.ps1']
  filter:
    ParentImage|startswith: 'C:\\Program Files\\${word(i)}\\'
  condition: sel and not filter\n`,
  )
const child: Shape = (i) =>
  rule(
    i,
    'category: process_creation',
    `  parent:
    ParentImage|endswith: ['\\w3wp.exe', '\\${word(i)}.exe']
  img:
    Image|endswith: ['\\${word(i * 2)}.exe', '\\${word(i * 13)}.exe']
  condition: parent and img\n`,
  )
const windash: Shape = (i) =>
  rule(
    i,
    'category: process_creation',
    `  img:
    Image|endswith: '\\powershell.exe'
  cli:
    CommandLine|contains|windash: ' -${word(i)} '
  condition: all of them\n`,
  )
const expression: Shape = (i) =>
  rule(
    i,
    'category: process_creation',
    `  sel:\n    CommandLine|re: '(?i)${word(i)}\\s+/[a-z]{2,5}'\n  condition: sel\n`,
  )
const logon: Shape = (i) =>
  rule(
    i,
    'service: security',
    `  sel:
    EventID: [4624, 4625]
    LogonType: 3
    WorkstationName: '${word(i).toUpperCase()}'
  filter:
    IpAddress: '-'
  condition: sel and not filter\n`,
  )
const security: Shape = (i) =>
  rule(
    i,
    'service: security',
    `  sel:
    EventID: ${4600 + (i % 200)}
    ObjectName|contains: '${word(i)}'
  condition: sel\n`,
  )
const script: Shape = (i) =>
  rule(
    i,
    'category: ps_script',
    `  sel:\n    ScriptBlockText|contains: ['${word(i)}-${word(i * 3)}', 'Invoke-${word(i * 5)}']\n  condition: sel\n`,
  )
const registry: Shape = (i) =>
  rule(
    i,
    'category: registry_set',
    `  sel:
    TargetObject|contains: '\\${word(i)}\\'
    Details|endswith: '.dll'
  condition: sel\n`,
  )
const file: Shape = (i) =>
  rule(
    i,
    'category: file_event',
    `  sel:\n    TargetFilename|endswith: ['.${word(i)}', '\\${word(i * 3)}.dmp']\n  condition: sel\n`,
  )
const network: Shape = (i) =>
  rule(
    i,
    'category: network_connection',
    `  sel:
    Initiated: 'true'
    DestinationHostname|contains: '${word(i)}.example'
  condition: sel\n`,
  )
const load: Shape = (i) =>
  rule(
    i,
    'category: image_load',
    `  sel:\n    ImageLoaded|endswith: '\\${word(i)}.dll'\n  filter:\n    Signed: 'true'\n  condition: sel and not filter\n`,
  )
const service: Shape = (i) =>
  rule(i, 'service: system', `  sel:\n    EventID: 7045\n    ImagePath|contains: '${word(i)}'\n  condition: sel\n`)

/** Public rules are mostly about processes. */
const shapes: readonly Shape[] = [
  creation,
  commandOnly,
  child,
  creation,
  commandOnly,
  security,
  creation,
  script,
  creation,
  registry,
  commandOnly,
  logon,
  creation,
  file,
  windash,
  child,
  network,
  creation,
  load,
  script,
  expression,
  security,
  service,
  registry,
  file,
]
