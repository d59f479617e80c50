import type { RuleInfo } from '../../model/rule.ts'

/**
 * Where a value comes from; a rule says which of them count for it. `net`: what another server answered; `body`: the whole
 * of what was sent, whose names of files are those of an ordinary upload.
 */
export const origin = { request: 1, box: 2, method: 4, net: 8, body: 16 } as const
export const anywhere = origin.request | origin.box | origin.method | origin.body
/** What a client names in a request. */
const asked = origin.request | origin.body

/** A call that does harm with what it is given, whatever language and directive the page has. */
export type DangerousCall = {
  readonly info: RuleInfo
  /** Beginnings of calls; the rest of the statement, or the arguments at these places, must be tainted. */
  readonly call: RegExp
  readonly argument?: readonly number[]
  /** What else has to stand in the page. */
  readonly page?: RegExp
  /** Sources that count; all where nothing is said. */
  readonly sources?: number
  /** What else has to stand in the call. */
  readonly given?: RegExp
  /** What has to stand in the first of its arguments. */
  readonly first?: RegExp
  /** What must not stand in the page. */
  readonly unless?: RegExp
  /** What the thing must be made as whose method is called. */
  readonly object?: RegExp
  /** What the texts of the first of its arguments must be. */
  readonly texts?: (texts: readonly string[]) => boolean
  /** Another call of the page that must be given such values, too. */
  readonly also?: Omit<DangerousCall, 'info'>
  /** The whole statement counts, the thing whose method is called among it. */
  readonly whole?: true
  /** The call alone is enough: no page of an application does this. */
  readonly always?: true
}

/** Stands among the texts of a path that is made out of one of the site. */
export const MAPPED = '\0mapped'

/** Names of files that IIS runs. */
const runnable = /\.(?:aspx?|ashx|asmx|asax|ascx|asa|cer|cdx|cshtml|vbhtml|soap|svc|jsp|php)$/i

const shellInfo = (
  id: string,
  title: string,
  description: string,
  level: RuleInfo['level'],
  proves: boolean,
  attack: readonly string[],
): RuleInfo => ({
  id,
  title,
  description,
  author: 'Postern',
  license: 'Apache-2.0',
  pack: 'built-in',
  campaign: 'unknown',
  stage: 'shell',
  level,
  confidence: proves ? 'high' : level === 'high' ? 'medium' : 'low',
  proves,
  cves: [],
  attack: ['T1505.003', ...attack],
  innocent: ['A page of a developer or an administration tool that was meant to do this: ask who put it there.'],
  next: [
    'Read the page as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT.',
  ],
  persistence: 'web-shell',
  file: 'src/rules/web-shells/data-flow.ts',
})

const shellObject =
  /wscript\s{0,4}\.\s{0,4}shell|shell\s{0,4}\.\s{0,4}application|72C24DD5-D70A-438B-8A42-98424B88AFB8|F935DC22-1CF0-11D0-ADB9-00C04FD58A0B|13709620-C279-11CE-A49E-444553540000/i

export const sinks: readonly DangerousCall[] = [
  {
    info: shellInfo(
      'flow-evaluates',
      'What the request brings is evaluated as code',
      'A value of the request is followed through the page into eval, execute or a script engine.',
      'critical',
      true,
      ['T1059'],
    ),
    // `regex.Execute` looks up, and `connection.Execute` asks a database; a script control runs code. A question to a
    // database is no Basic: an application's own procedure `Execute` gets it.
    call: /(?<![\w.])(?:eval|execute)\b(?!\s{0,4}\(?\s{0,4}"\s{0,4}(?:select\s[^"]{0,200}\sfrom|insert\s{1,4}into|delete\s{1,4}(?:\*\s{1,4})?from|update\s{1,4}\[?\w{1,80}\]?\s{1,4}set)\s)\s{0,4}\(?|\b(?:executeglobal|executestatement|addcode|jscriptevaluate\w{0,20}|csharpscript\.\w{1,30}|new\s{1,4}function)\b\s{0,4}\(?/i,
    page: /\beval|executeglobal|\bexecute\b|addcode|csharpscript|\bnew\s{1,4}function\b/i,
  },
  {
    info: shellInfo(
      'flow-runs-page',
      'The request names the page that the server runs',
      'A page hands what the client names to Server.Execute: any file that was put on the server runs.',
      'high',
      false,
      ['T1059'],
    ),
    call: /\bserver\s{0,4}\.\s{0,4}execute\b\s{0,4}\(?\s{0,4}(?:server\s{0,4}\.\s{0,4}mappath\s{0,4}\(\s{0,4})?(?=request\b)/i,
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-starts-program',
      'What the request brings is started as a program',
      'A value of the request is followed through the page into the start of a process, or into a shell that runs.',
      'critical',
      true,
      ['T1059.003'],
    ),
    call: /\bProcess\s{0,4}\.\s{0,4}Start\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:Diagnostics\.)?ProcessStartInfo\s{0,4}\(|\.\s{0,4}(?:FileName|Arguments)\s{0,4}=|StandardInput\s{0,4}\.\s{0,4}Write\w{0,6}\s{0,4}\(|\bWinExec\s{0,4}\(|\bCreateProcess\w{0,12}\s{0,4}\(|\bShell\s{0,4}\(/i,
    page: /\bProcess\s{0,4}\.|\bnew\s{1,4}(?:[\w.]{1,40}\.)?Process\b|\bas\s{1,4}(?:new\s{1,4})?(?:[\w.]{1,40}\.)?Process\b|\bProcess\s{1,4}\w{1,40}\s{0,4}=|ProcessStartInfo|WinExec|CreateProcess|Microsoft\.VisualBasic/i,
  },
  {
    info: shellInfo(
      'flow-runs-command',
      'What the request brings is run by a shell object',
      'A value of the request is followed through the page into Run, Exec or ShellExecute of a shell object.',
      'critical',
      true,
      ['T1059.003'],
    ),
    call: /\.\s{0,4}(?:exec|run|shellexecute)\b\s{0,4}\(?/i,
    page: shellObject,
  },
  {
    info: shellInfo(
      'flow-starts-through-wmi',
      'What the request brings is started through WMI',
      'A value of the request is followed through the page into the making of a process by the management interface.',
      'critical',
      true,
      ['T1047'],
    ),
    call: /\.\s{0,4}(?:create|invokemethod)\b\s{0,4}\(?/i,
    page: /\bwin32_process(?:startup)?\b/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-makes-object',
      'The request names the class or the member that is used',
      'The page makes an object of a class, or calls a member, whose name comes from the request: whatever the server has can be reached.',
      'high',
      false,
      ['T1620'],
    ),
    call: /\b(?:createobject|gettypefromprogid|gettypefromclsid|gettype)\s{0,4}\(|\.\s{0,4}invokemember\s{0,4}\(/i,
    argument: [0],
    page: /createobject|activator|invokemember|getmethod/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-loads-code',
      'What the request brings is loaded as code',
      'A value of the request is followed through the page into the loading, compiling or deserialising of code.',
      'critical',
      true,
      ['T1620'],
    ),
    call: /\bAssembly\b[^;]{0,80}\bLoad\w{0,12}["']?\s{0,4}[(,]|\bCurrentDomain\s{0,4}\.\s{0,4}Load\s{0,4}\(|\.\s{0,4}Load\s{0,4}\(|\bCompileAssemblyFrom\w{0,12}\s{0,4}\(|\b(?:(?:Unsafe)?Deserialize|ReadObject)\s{0,4}\(|\bXamlReader\s{0,4}\.\s{0,4}(?:Parse|Load)\s{0,4}\(|\.\s{0,4}AddScript\s{0,4}\(|\bMarshal\s{0,4}\.\s{0,4}Copy\s{0,4}\(|\.\s{0,4}Invoke\s{0,4}\(/i,
    page: /\bAssembly\b(?!\s{1,8}(?:Name|Src)=)|CurrentDomain|CodeProvider|ICodeCompiler|LosFormatter|ObjectStateFormatter|BinaryFormatter|XamlReader|Runspace|PowerShell\.Create|SoapFormatter|NetDataContractSerializer|SimpleTypeResolver|\bGetMethods?\s{0,4}\(|TrustedXslt|new\s{1,4}XsltSettings\s{0,4}\([^)]{0,40}true|VirtualAlloc|VirtualProtect/,
  },
  {
    info: shellInfo(
      'flow-writes-where-asked',
      'The request names the file that is written',
      'The path of a file that the page writes comes from the request or from a form: a small uploader.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|Create\w{0,6}|OpenWrite|AppendText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream|FileInfo)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
    argument: [0],
    // A file that is only read is a download; what `FileInfo` names may be written later.
    given:
      /(?:Write|Append|SaveToFile|CreateText|\bCreate\w{0,6}\s{0,4}\()|(?:FileMode\.(?:Create|Append|OpenOrCreate|Truncate))|OpenTextFile[^,]{0,200},\s{0,4}(?:2|8|ForWriting|ForAppending)|\bFileInfo\b/i,
    page: /\.\s{0,4}Write|WriteAll|SaveToFile|CreateText|AppendAll|File\s{0,4}\.\s{0,4}Create/i,
    // A library for uploads that looks at the kind of file.
    unless: /\b(?:is)?(?:allow|valid|check)\w{0,12}ext|\bis_?(?:allowed|valid)\w{0,12}\s{0,4}\(/i,
    sources: origin.request | origin.box,
  },
  {
    info: shellInfo(
      'flow-saves-upload',
      'The request names where an uploaded file is saved',
      'A page saves a file that a client sends, under a path that the client names, into no folder of its own and without a look at what it is.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\.\s{0,4}SaveAs\s{0,4}\(/i,
    argument: [0],
    page: /\.\s{0,4}Files\b|PostedFile|FileUpload|HtmlInputFile/i,
    // An application looks at the kind of file, or at who sends it.
    unless: /GetExtension|\.\s{0,4}EndsWith\s{0,4}\(|IsAuthenticated|IsInRole|\.\s{0,4}ContentType\b/i,
    sources: origin.request | origin.box,
    texts: (texts) =>
      texts.some((text) => runnable.test(text)) || !texts.some((text) => text !== MAPPED && /[a-z0-9]{2}/i.test(text)),
  },
  {
    info: shellInfo(
      'flow-drops-page',
      'A page is fetched from elsewhere and saved',
      'What another server answers is written to a file that IIS runs.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}WriteAll\w{4,12}\s{0,4}\(|\bSaveToFile\b\s{0,4}\(?/i,
    argument: [0],
    whole: true,
    sources: origin.net,
    texts: (texts) => texts.some((text) => runnable.test(text)),
  },
  {
    info: shellInfo(
      'flow-rewrites-itself',
      'A page replaces its own content with what the request brings',
      'A page writes a value of the request into the file that it is itself: the first stage of a shell.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|CreateText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
    argument: [0],
    first:
      /script_name|path_translated|path_info|\brequest\s{0,4}\.\s{0,4}(?:physicalpath|currentexecutionfilepath|path)\b/i,
    whole: true,
    sources: origin.request | origin.box,
  },
  {
    info: shellInfo(
      'flow-opens-database',
      'The request names the database and what it is asked',
      'A page opens a database whose connection string comes from the request and runs what the request says in it.',
      'high',
      false,
      ['T1505.001'],
    ),
    call: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)Connection\s{0,4}\(|\.\s{0,4}ConnectionString\s{0,4}=|\.\s{0,4}Open\b\s{0,4}\(?/i,
    object: /adodb\W{1,10}connection|\b(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)Connection\b/i,
    sources: origin.request | origin.box | origin.method,
    also: {
      call: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)(?:Command|DataAdapter)\s{0,4}\(|\.\s{0,4}CommandText\s{0,4}=|\.\s{0,4}Execute\b\s{0,4}\(?/i,
      sources: origin.request | origin.box | origin.method,
    },
  },
  {
    info: shellInfo(
      'flow-captures-network',
      'A page records the network traffic of the server',
      'A page opens a raw socket that takes all packets of a network card.',
      'high',
      false,
      ['T1040'],
    ),
    call: /\bIOControlCode\s{0,4}\.\s{0,4}ReceiveAll\b|\bSocketType\s{0,4}\.\s{0,4}Raw\b/,
    always: true,
  },
  {
    info: shellInfo(
      'flow-puts-where-asked',
      'The request names where a file is copied or fetched to',
      'The place that a file is copied, moved or downloaded to comes from the request.',
      'high',
      false,
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:Copy|Move|Replace)\s{0,4}\(|\.\s{0,4}DownloadFile\w{0,20}\s{0,4}\(/i,
    argument: [1],
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-fetches',
      'The request names the address that the server fetches',
      'The page asks another server for what the request names, and hands it on: a way into the inside network, or a downloader.',
      'medium',
      false,
      ['T1090'],
    ),
    call: /\b(?:Http)?WebRequest\s{0,4}\.\s{0,4}Create\s{0,4}\(|\.\s{0,4}Open\b\s{0,4}\(?|\.\s{0,4}Download(?:Data|String|File)\w{0,20}\s{0,4}\(/i,
    page: /WebRequest|XMLHTTP|WinHttp|WebClient/i,
    // An address of one server that the page names is a question to a service.
    texts: (texts) => !texts.some((text) => /^\s{0,4}https?:\/\/[\w.-]{2,200}/i.test(text)),
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-lists-folder',
      'The request names the folder that is listed',
      'The page lists folders or gives out files whose path on the disk comes from the request.',
      'medium',
      false,
      ['T1083'],
    ),
    call: /\bnew\s{1,4}(?:System\.)?(?:IO\.)?DirectoryInfo\s{0,4}\(|\bDirectory\s{0,4}\.\s{0,4}Get\w{4,24}\s{0,4}\(|\bGetFolder\s{0,4}\(/i,
    argument: [0],
    sources: origin.request,
    // Below a folder of the site it is an application's own list.
    texts: (texts) => !texts.includes(MAPPED),
  },
]
