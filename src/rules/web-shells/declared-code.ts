import { decodeText } from '../../lib/text.ts'
import { unescapeXml } from '../../lib/xml.ts'
import { gadgetIn, STREAM_OF_OBJECTS } from '../../model/gadgets.ts'
import type { RuleInfo } from '../../model/rule.ts'
import type { FileScanner } from '../rule.ts'
import { shellInfo } from './page-sinks.ts'

/**
 * What a web server runs though it has no code of a page: commands of server-side includes, activities of workflows, objects
 * in resources. Each is a text that declares what is to be done.
 */
export const declaredCode: FileScanner = {
  get infos() {
    return forms.map(({ info }) => info)
  },
  scan(bytes) {
    if (bytes.length > MOST) return []
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const text = isWide(file) ? decodeText(bytes) : file.toString('latin1')
    return forms.flatMap(({ info, runs }) => (runs(text, file) ? [{ rule: info.id, places: [[0, file.length]] }] : []))
  },
}

const MOST = 2 * 1024 * 1024

const isWide = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const info = (id: string, title: string, description: string, attack: readonly string[]): RuleInfo => ({
  ...shellInfo(id, title, description, 'strong', attack),
  file: 'src/rules/web-shells/declared-code.ts',
})

/** `runs`: of the file as text and as bytes. */
type Form = { readonly info: RuleInfo; readonly runs: (text: string, file: Buffer) => boolean }

const forms: readonly Form[] = [
  {
    info: info(
      'include-runs-command',
      'Server-Side Include Runs a Command',
      'Detects a page of server-side includes that runs a command of the operating system (`#exec cmd`). The command gets the query and the headers of the request as variables.',
      ['T1059.003'],
    ),
    runs: (text) => /<!--\s{0,40}#\s{0,40}exec\s{1,40}cmd\s{0,40}=/i.test(text),
  },
  {
    info: info(
      'workflow-runs-code',
      'Workflow Service Runs a Program or Loads Code',
      'Detects a workflow, started by a request, that starts a program, loads code, writes files or creates arbitrary objects. Workflows of applications call services and set values.',
      ['T1059', 'T1620'],
    ),
    runs: runsCode,
  },
  {
    info: info(
      'resources-run-code',
      'Resources with Serialized Objects That Run Code',
      'Detects resources of a site with a serialized object of a published gadget. ASP.NET runs its code when it reads them. Resources hold texts and pictures.',
      ['T1620'],
    ),
    runs: (text, file) =>
      ofBinary(file) || (/\bx-microsoft\.net\.object\b|\bResXFileRef\b|<resheader/.test(text) && objectsIn(text)),
  },
]

// ---------------------------------------------------------------- workflows

const ofWorkflow = /\bschemas\.microsoft\.com\/(?:netfx\/20\d\d\/xaml|winfx\/20\d\d\/xaml)/

/** Classes that run or load what they are given. */
const RUNNING =
  /^System\.(?:Diagnostics\.Process(?:StartInfo)?|Management\.(?:Automation\..*|ManagementClass)|Reflection\.(?:Assembly|Emit\..*)|Windows\.(?:Data\.ObjectDataProvider|Markup\.XamlReader)|Xaml\.XamlServices|Activator|AppDomain|CodeDom\..*|IO\.(?:File|FileStream|StreamWriter)|Net\.WebClient|Web\.UI\.(?:LosFormatter|ObjectStateFormatter)|Runtime\.Serialization\..*Formatter)$|^Microsoft\.VisualBasic\.Interaction$/

/** The same in expressions of Basic and C#. */
const EXPRESSION =
  /\bProcess\s{0,4}\.\s{0,4}Start\s{0,4}\(|\bCreateObject\s{0,4}\(|\bShell\s{0,4}\(|\bAssembly\s{0,4}\.\s{0,4}(?:Load|UnsafeLoad)\w{0,12}\s{0,4}\(|\bActivator\s{0,4}\.\s{0,4}Create\w{1,20}\s{0,4}\(|\bCallByName\s{0,4}\(|\bFile\s{0,4}\.\s{0,4}(?:WriteAll|AppendAll|Copy|Move|Create)\w{0,8}\s{0,4}\(|\bXaml(?:Reader|Services)\s{0,4}\.\s{0,4}(?:Parse|Load)\s{0,4}\(|\bPowerShell\s{0,4}\.\s{0,4}Create\s{0,4}\(/i

/** Names that are compared with the spaces of names of a workflow. */
const NAMES = 20_000

function runsCode(text: string): boolean {
  if (!ofWorkflow.test(text)) return false
  const plain = unescapeXml(text)
  if (EXPRESSION.test(plain) || /<(?:[^\s"'<>:]{1,80}:)?ObjectDataProvider\b/.test(plain)) return true
  const spaces = new Map<string, string>()
  for (const [, prefix = '', space] of plain.matchAll(
    /\bxmlns(?::([^\s"'<>=:]{1,80}))?\s{0,40}=\s{0,40}["']\s{0,40}clr-namespace:([\w.]{1,200})/gi,
  ))
    spaces.set(prefix, space!)
  if (spaces.size === 0) return false
  let left = NAMES
  for (const [, prefix = '', name] of plain.matchAll(
    /(?:(?<![^\s"'<=:{}[\](),/])([^\s"'<>=:{}[\](),/]{1,80}):|<)([A-Za-z]\w{1,80})/g,
  )) {
    if (left-- === 0) break
    const space = spaces.get(prefix)
    if (space !== undefined && RUNNING.test(`${space}.${name}`)) return true
  }
  return false
}

// ---------------------------------------------------------------- resources

/** The first bytes of compiled resources. */
const COMPILED = Buffer.from([0xce, 0xca, 0xef, 0xbe])

function ofBinary(file: Buffer): boolean {
  if (!file.subarray(0, 4).equals(COMPILED)) return false
  const at = file.indexOf(STREAM_OF_OBJECTS)
  return at >= 0 && gadgetIn(file.toString('latin1', at)) !== null
}

/** Objects in a text: in Base64, or read from another file as resources, which may be any object. */
function objectsIn(text: string): boolean {
  const plain = unescapeXml(text)
  for (const [, value = ''] of plain.matchAll(
    /\bmimetype\s{0,40}=\s{0,40}["']application\/x-microsoft\.net\.object\.(?:binary|soap)\.base64["'][^>]{0,400}>[^<]{0,400}(?:<!--[^>]{0,400}-->\s{0,400})?<value[^>]{0,100}>\s{0,400}(?:<!\[CDATA\[)?([^<\]]{1,1000000})/gi,
  ))
    if (gadgetIn(Buffer.from(value, 'base64').toString('latin1')) !== null) return true
  return /\bResXFileRef\b[^>]{0,400}>[^<]{0,400}<value[^>]{0,100}>[^<;]{1,1000};\s{0,40}System\.Resources\.\w{0,10}Resource(?:Set|Reader)\b/i.test(
    plain,
  )
}
