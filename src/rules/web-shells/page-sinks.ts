import type { RuleInfo } from '../../model/rule.ts'
import { levelOfStrength, type Strength } from '../../model/sign.ts'

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
  /** What else the page must contain. */
  readonly page?: RegExp
  readonly pageToo?: RegExp
  /** Sources that count; all where nothing is said. */
  readonly sources?: number
  /** What else the call must contain. */
  readonly given?: RegExp
  /** What its first argument must contain. */
  readonly first?: RegExp
  /** Applications do it, too: in a part of one it is a lead; `writes`: and where the page looks at what is uploaded. */
  readonly weak?: true | 'writes'
  /** Texts of the argument with which it is a lead. */
  readonly fixed?: (texts: readonly string[]) => boolean
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

/** Marks a path that is built from one of the site. */
export const MAPPED = '\0mapped'

/** A folder, or a kind of file, that the page itself gives to what it writes. */
function inOwnFolder(texts: readonly string[]): boolean {
  if (texts.some((text) => runnable.test(text))) return false
  return texts.some((text) => text !== MAPPED && (/\w[\\/]|[\\/]\w/.test(text) || /^[\w-]*\.\w{2,5}$/.test(text)))
}

/** Names of files that IIS runs. */
const runnable = /\.(?:aspx?|ashx|asmx|asax|ascx|asa|cer|cdx|cshtml|vbhtml|soap|svc|jsp|php)$/i

export const shellInfo = (
  id: string,
  title: string,
  description: string,
  strength: Strength,
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
  sign: { subject: 'page', kind: 'content', strength },
  level: levelOfStrength[strength],
  cves: [],
  attack: ['T1505.003', ...attack],
  falsePositives: ['A page of a developer or an administration tool that was meant to do this: ask who put it there.'],
  nextSteps: [
    'Read the page as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT.',
  ],
  // A reason to read a page is no persistence.
  ...(id === 'flow-lead' ? {} : { persistence: 'web-shell' as const }),
  file: 'src/rules/web-shells/data-flow.ts',
})

/** The logon page of Exchange that keeps or sends what is typed there. */
export const passwordInfo: RuleInfo = {
  ...shellInfo(
    'flow-takes-passwords',
    'Logon Page of Exchange Keeps or Sends Typed Passwords',
    'Detects the logon page of Exchange, or its script, with code that writes or sends the typed password elsewhere. The page of Exchange only submits its form.',
    'decisive',
    ['T1056.003'],
  ),
  stage: 'credentials',
  falsePositives: [
    'None is known: a product for a second factor asks its own server, and does not send the password elsewhere.',
  ],
  nextSteps: [
    'Compare the file with that of the same build, and keep its times from the MFT. Where does it send or write? Every password typed since its time is known to the attacker.',
  ],
  file: 'src/rules/web-shells/typed-passwords.ts',
}

/** Any other page that does. */
export const otherPasswordInfo: RuleInfo = {
  ...passwordInfo,
  id: 'flow-keeps-passwords',
  title: 'Web Page Keeps or Sends Typed Passwords',
  description:
    'Detects a page other than the logon page of Exchange, with code that writes or sends a typed password elsewhere. Applications hand passwords to the directory or the database, and do not keep them.',
  sign: { ...passwordInfo.sign, strength: 'strong' },
  level: levelOfStrength.strong,
  falsePositives: [
    'An application of the organization that hands a password to another service over HTTP: ask who wrote it.',
  ],
}

/** What an application does with a value of the request, and a small shell, too. */
export const lead: RuleInfo = shellInfo(
  'flow-lead',
  'Application Page with Web Shell Functions',
  'Detects an application page in which a request value reaches a call that writes, lists, fetches or starts something. It has the marks of an application: other files of its own, a look at the kind of file, a fixed folder.',
  'weak',
  [],
)

/** Written so that this file holds no class id that a virus scanner takes for that of a page. */
const shellObject =
  /wscript\s{0,4}\.\s{0,4}shell|shell\s{0,4}\.\s{0,4}application|72C24DD5[-]D70A-438B-8A42-98424B88AFB8|F935DC22[-]1CF0-11D0-ADB9-00C04FD58A0B|13709620[-]C279-11CE-A49E-444553540000/i

/** A file that is opened to be read is not written. */
const forWriting =
  /(?:WriteAll|AppendAll|SaveToFile|CreateText|AppendText|OpenWrite|\bCreate\w{0,6}\s{0,4}\(|StreamWriter)|FileMode\.(?:Create|Append|OpenOrCreate|Truncate)|OpenTextFile[^,]{0,200},\s{0,4}(?:2|8|ForWriting|ForAppending)/i

/** Beginnings of what writes a file whose path is the first argument. */
const written =
  /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|Create\w{0,6}|OpenWrite|AppendText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i

/** What puts an account into a group. */
const membership =
  /\bMembers\s{0,4}\.\s{0,4}Add\s{0,4}\(|\bInvoke\s{0,4}\(\s{0,4}"Add"|\bNetLocalGroupAddMembers?\b|\.\s{0,4}Add\s{0,4}\(?\s{0,4}\w{1,40}\s{0,4}\.\s{0,4}ADsPath\b/i
/** Groups whose members rule a server, a domain or Exchange, by name. */
const rulers =
  /"(?:[^"\r\n]{0,80}[/,=\\])?(?:Administrators|Remote Desktop Users|Domain Admins|Enterprise Admins|Schema Admins|Backup Operators|Organization Management|Exchange Trusted Subsystem)(?:,[^"\r\n]{0,80})?"/i

/** Calls that start a program. */
const starts = {
  call: /\bProcess\s{0,4}\.\s{0,4}Start\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:Diagnostics\.)?ProcessStartInfo\s{0,4}\(|\.\s{0,4}(?:FileName|Arguments)\s{0,4}=|StandardInput\s{0,4}\.\s{0,4}Write\w{0,6}\s{0,4}\(|\bWinExec\s{0,4}\(|\bCreateProcess\w{0,12}\s{0,4}\(|\bShell\s{0,4}\(/i,
  page: /\bProcess\s{0,4}\.|\bnew\s{1,4}(?:[\w.]{1,40}\.)?Process\b|\bas\s{1,4}(?:new\s{1,4})?(?:[\w.]{1,40}\.)?Process\b|\bProcess\s{1,4}\w{1,40}\s{0,4}=|ProcessStartInfo|WinExec|CreateProcess|Microsoft\.VisualBasic|\b(?:class|typename)\s{0,4}=\s{0,4}["'][\w.]{0,60}\bProcess["']/i,
}

const loadsCode = shellInfo(
  'flow-loads-code',
  'Web Shell Loads Request Input as Code',
  'Detects a page in which a value of the request reaches the loading, compiling or deserializing of code.',
  'decisive',
  ['T1620'],
)

export const sinks: readonly DangerousCall[] = [
  {
    info: shellInfo(
      'flow-evaluates',
      'Web Shell Evaluates Request Input as Code',
      'Detects a page in which a value of the request reaches eval, execute or a script engine.',
      'decisive',
      ['T1059'],
    ),
    // `regex.Execute` looks up, and `connection.Execute` asks a database; a script control runs code. A question to a
    // database is no Basic: an application's own procedure `Execute` gets it.
    call: /(?<![\w.])(?:eval|execute)\b(?!\s{0,4}\(?\s{0,4}"\s{0,4}(?:select\s[^"]{0,200}\sfrom|insert\s{1,4}into|delete\s{1,4}(?:\*\s{1,4})?from|update\s{1,4}\[?\w{1,80}\]?\s{1,4}set)\s)\s{0,4}\(?|\b(?:executeglobal|executestatement|addcode|jscriptevaluate\w{0,20}|csharpscript\.\w{1,30}|new\s{1,4}function)\b\s{0,4}\(?|\.\s{0,4}eval\b\s{0,4}\(?/i,
    object: /scriptcontrol/i,
    page: /\beval|executeglobal|\bexecute\b|addcode|csharpscript|\bnew\s{1,4}function\b/i,
  },
  {
    info: shellInfo(
      'flow-runs-page',
      'Web Shell Runs a Page Named by the Request',
      'Detects a page that passes a name from the request to Server.Execute, which can run any file on the server.',
      'decisive',
      ['T1059'],
    ),
    call: /\bserver\s{0,4}\.\s{0,4}execute\b\s{0,4}\(?\s{0,4}(?:server\s{0,4}\.\s{0,4}mappath\s{0,4}\(\s{0,4})?(?=request\b)/i,
    sources: origin.request,
  },
  {
    info: shellInfo(
      'flow-starts-program',
      'Web Shell Starts Request Input as a Program',
      'Detects a page in which a value of the request reaches a new process or a running shell.',
      'decisive',
      ['T1059.003'],
    ),
    ...starts,
  },
  {
    info: shellInfo(
      'flow-starts-what-is-sent',
      'Web Shell Starts What Another Machine Sends',
      'Detects a page that connects to another machine and starts what that machine answers: a reverse shell.',
      'decisive',
      ['T1059.003', 'T1095'],
    ),
    ...starts,
    sources: origin.net,
  },
  {
    info: shellInfo(
      'flow-runs-command',
      'Web Shell Runs Request Input through a Shell Object',
      'Detects a page in which a value of the request reaches Run, Exec or ShellExecute of a shell object.',
      'decisive',
      ['T1059.003'],
    ),
    call: /\.\s{0,4}(?:exec|run|shellexecute)\b\s{0,4}\(?/i,
    page: shellObject,
  },
  {
    info: shellInfo(
      'flow-starts-through-wmi',
      'Web Shell Starts Request Input through WMI',
      'Detects a page in which a value of the request reaches the creation of a process by WMI.',
      'decisive',
      ['T1047'],
    ),
    call: /\.\s{0,4}(?:create|invokemethod)\b\s{0,4}\(?/i,
    page: /\bwin32_process(?:startup)?\b/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-runs-script',
      'PHP or Perl Web Shell Runs Request Input',
      'Detects a page in which a value of the request is evaluated as code or run as a command.',
      'decisive',
      ['T1059'],
    ),
    call: /(?<![\w.>])(?:eval|assert|system|passthru|shell_exec|exec|popen|proc_open|pcntl_exec|create_function|call_user_func\w{0,6}|qx)\s{0,4}[("'{/]|(?<![\w.>])\$\w{1,40}\s{0,4}\(\s{0,4}\$/i,
    page: /<\?(?:php\b|=)|\blanguage\s{0,4}=\s{0,4}["']?perlscript/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-connects',
      'Web Page Connects to a Host Named by the Request',
      'Detects a page that opens a connection to a host of the request and passes data on: a tunnel into the inside network.',
      'decisive',
      ['T1090', 'T1572'],
    ),
    call: /\.\s{0,4}(?:Begin)?Connect(?:Async)?\s{0,4}\(|\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:TcpClient|TcpListener|IPEndPoint|DnsEndPoint)\s{0,4}\(|\bIPAddress\s{0,4}\.\s{0,4}Parse\s{0,4}\(/,
    page: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:Socket|TcpClient|TcpListener)\s{0,4}\(/,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-runs-machine-code',
      'Web Page Runs Machine Code',
      'Detects a page that allocates executable memory and runs what it wrote there, as no application page does.',
      'decisive',
      ['T1055', 'T1106'],
    ),
    call: /\b(?:CreateThread|CreateRemoteThread\w{0,2}|QueueUserAPC|NtCreateThreadEx|RtlCreateUserThread|CreateFiber|EnumSystemLocales\w{0,2}|EnumWindows|CallWindowProc\w?|GetDelegateForFunctionPointer)\b\s{0,4}[(<]/,
    page: /\b(?:VirtualAlloc\w{0,8}|VirtualProtect\w{0,2}|HeapCreate|NtAllocateVirtualMemory|MapViewOfFile\w{0,4}|PAGE_EXECUTE\w{0,12})\b/,
    always: true,
  },
  {
    info: shellInfo(
      'flow-starts-interpreter',
      'Web Page Starts a Command Interpreter',
      'Detects a page that starts cmd, PowerShell or another interpreter on request, or adds an account with `net`.',
      'strong',
      ['T1059'],
    ),
    call: /\bProcess\s{0,4}\.\s{0,4}Start\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:Diagnostics\.)?ProcessStartInfo\s{0,4}\(|\.\s{0,4}(?:FileName|Arguments)\s{0,4}=/i,
    page: /\bProcess\s{0,4}\.\s{0,4}Start|\bnew\s{1,4}(?:[\w.]{1,40}\.)?Process(?:StartInfo)?\b|\bas\s{1,4}(?:new\s{1,4})?(?:[\w.]{1,40}\.)?Process(?:StartInfo)?\b/i,
    given:
      /["'](?:[^"'\r\n]{0,120}[\\/])?(?:cmd|powershell|pwsh|cscript|wscript|mshta|rundll32|regsvr32|certutil|bitsadmin|bash)(?:\.exe)?\s{0,4}["'\s]|["'\s](?:user|localgroup|group)\s[^"'\r\n]{1,200}\s\/add\b/i,
    always: true,
  },
  {
    info: shellInfo(
      'flow-adds-administrator',
      'Web Page Adds an Administrator Account',
      'Detects a page that creates a Windows account, or sets its password, and adds it to an administrative group.',
      'strong',
      ['T1136', 'T1098'],
    ),
    call: /\bnew\s{1,4}(?:[\w.]{1,80}\.)?UserPrincipal\s{0,4}\(|\.\s{0,4}SetPassword\s{0,4}\(|\.\s{0,4}Invoke\s{0,4}\(\s{0,4}"SetPassword"|\.\s{0,4}Add\s{0,4}\([^;\r\n]{1,200},\s{0,4}"user"|\.\s{0,4}Create\s{0,4}\(?\s{0,4}"user"|\bNetUserAdd\s{0,4}\(/i,
    page: membership,
    pageToo: rulers,
    always: true,
    weak: true,
  },
  {
    info: shellInfo(
      'flow-makes-object',
      'Web Page Uses a Class or Member Named by the Request',
      'Detects a page that creates an object of a class, or calls a member, whose name comes from the request.',
      'strong',
      ['T1620'],
    ),
    call: /\b(?:createobject|gettypefromprogid|gettypefromclsid|gettype)\s{0,4}\(|\.\s{0,4}invokemember\s{0,4}\(/i,
    argument: [0],
    page: /createobject|activator|invokemember|getmethod/i,
    sources: asked,
    weak: true,
  },
  {
    info: loadsCode,
    call: /\bAssembly\b[^;]{0,80}\bLoad\w{0,12}["']?\s{0,4}[(,]|\bCurrentDomain\s{0,4}\.\s{0,4}Load\s{0,4}\(|\.\s{0,4}Load\s{0,4}\(|\bCompileAssemblyFrom\w{0,12}\s{0,4}\(|\b(?:(?:Unsafe)?Deserialize|ReadObject)\s{0,4}\(|\bXaml(?:Reader|Services)\s{0,4}\.\s{0,4}(?:Parse|Load|Transform)\s{0,4}\(|\.\s{0,4}AddScript\s{0,4}\(|\bMarshal\s{0,4}\.\s{0,4}Copy\s{0,4}\(|\.\s{0,4}Invoke\s{0,4}\(/i,
    page: /\bAssembly\b(?!\s{1,8}(?:Name|Src)=)|CurrentDomain|CodeProvider|ICodeCompiler|LosFormatter|ObjectStateFormatter|BinaryFormatter|XamlReader|XamlServices|WorkflowMarkupSerializer|Runspace|PowerShell\.Create|SoapFormatter|NetDataContractSerializer|SimpleTypeResolver|\bGetMethods?\s{0,4}\(|TrustedXslt|XsltSettings\s{0,4}\([^)]{0,40}true|\bEnableScript\s{0,4}=\s{0,4}true|VirtualAlloc|VirtualProtect/,
  },
  {
    info: loadsCode,
    // Objects of classes that the text itself names.
    call: /\bDeserializeObject\s{0,4}(?:<[\w.<>, ]{1,80}>\s{0,4})?\(/i,
    page: /SimpleTypeResolver|\bTypeNameHandling\s{0,4}\.\s{0,4}(?:All|Auto|Objects)\b/,
    sources: asked,
  },
  {
    info: loadsCode,
    // What is read as resources may be any object.
    call: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:ResX)?Resource(?:Reader|Set)\s{0,4}\(/i,
    given: /InputStream|BinaryRead|StringReader|MemoryStream|FileContent|PostedFile/i,
    sources: asked,
  },
  {
    info: loadsCode,
    // Controls of any class, with properties of one's own.
    call: /\bParse(?:Control|Template)\s{0,4}\(/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-schedules',
      'Web Shell Schedules Request Input as a Task',
      'Detects a page in which a value of the request becomes the program of a scheduled task.',
      'decisive',
      ['T1053.005'],
    ),
    call: /\.\s{0,4}(?:Path|Arguments|XmlText)\s{0,4}=(?!=)|\.\s{0,4}RegisterTask\w{0,12}\s{0,4}\(/i,
    page: /\bSchedule\.Service\b|\b0f87369f-a4e5-4cfc-bd3e-73e6154572dd\b|\bMicrosoft\.Win32\.TaskScheduler\b/i,
    sources: asked,
  },
  {
    info: shellInfo(
      'flow-serves-pages-of-its-own',
      'Web Page Registers a Provider of Pages',
      'Detects a page that makes ASP.NET take pages from its own code instead of the disk. What runs then is in no file.',
      'strong',
      ['T1505.003', 'T1027.011'],
    ),
    call: /\b(?:Register|Add)VirtualPathProvider\w{0,12}\b\s{0,4}["(,]/i,
    always: true,
    weak: true,
  },
  {
    info: shellInfo(
      'flow-writes-where-asked',
      'Web Page Writes a File Named by the Request',
      'Detects a page that writes a file whose path comes from the request or from a form: a small uploader.',
      'decisive',
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|Create\w{0,6}|OpenWrite|AppendText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream|FileInfo)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
    argument: [0],
    // A file that is only read is a download.
    given:
      /(?:Write|Append|SaveToFile|CreateText|\bCreate\w{0,6}\s{0,4}\()|(?:FileMode\.(?:Create|Append|OpenOrCreate|Truncate))|OpenTextFile[^,]{0,200},\s{0,4}(?:2|8|ForWriting|ForAppending)|\bFileInfo\b/i,
    page: /\.\s{0,4}Write|WriteAll|SaveToFile|CreateText|AppendAll|File\s{0,4}\.\s{0,4}Create/i,
    // What `FileInfo` names is written by a method of it.
    also: {
      call: /(?:StreamWriter|FileStream|WriteAll\w{4,12}|AppendAll\w{4,6}|\bCreate\w{0,6}|OpenWrite|AppendText|CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
      always: true,
    },
    weak: 'writes',
    fixed: inOwnFolder,
    sources: origin.request | origin.box | origin.body,
  },
  {
    info: shellInfo(
      'flow-saves-upload',
      'Web Page Saves an Upload Where the Request Names',
      'Detects a page that saves uploads under a path from the request, outside its own folder, without checking the type.',
      'strong',
      ['T1105'],
    ),
    call: /\.\s{0,4}SaveAs\s{0,4}\(/i,
    argument: [0],
    page: /\.\s{0,4}Files\b|PostedFile|FileUpload|HtmlInputFile/i,
    weak: 'writes',
    fixed: inOwnFolder,
    sources: origin.request | origin.box,
  },
  {
    info: shellInfo(
      'flow-writes-page',
      'Web Shell Writes Request Input to a Page',
      'Detects a page in which a value of the request is written to a file that IIS runs.',
      'decisive',
      ['T1105'],
    ),
    call: written,
    given: forWriting,
    argument: [0],
    whole: true,
    sources: origin.request | origin.box | origin.body,
    texts: (texts) => texts.some((text) => runnable.test(text)),
    weak: 'writes',
  },
  {
    info: shellInfo(
      'flow-writes-page-alone',
      'Web Page Writes Another Page',
      'Detects a page that writes a file that IIS runs, with content of its own, for anyone who requests it.',
      'strong',
      ['T1105'],
    ),
    call: written,
    given: forWriting,
    argument: [0],
    page: /<%@\s{0,8}(?:page|webhandler|webservice)|<script[^>]{0,120}\brunat\s{0,4}=/i,
    always: true,
    texts: (texts) => texts.some((text) => runnable.test(text)),
    weak: 'writes',
  },
  {
    info: shellInfo(
      'flow-drops-page',
      'Web Page Saves a Page Fetched from Elsewhere',
      'Detects a page that writes the answer of another server to a file that IIS runs.',
      'strong',
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}WriteAll\w{4,12}\s{0,4}\(|\b(?:SaveToFile|CreateTextFile|OpenTextFile)\b\s{0,4}\(?/i,
    given: forWriting,
    argument: [0],
    whole: true,
    sources: origin.net,
    texts: (texts) => texts.some((text) => runnable.test(text)),
  },
  {
    info: shellInfo(
      'flow-rewrites-itself',
      'Web Page Replaces Itself with Request Input',
      'Detects a page that writes a value of the request into its own file: the first stage of a shell.',
      'decisive',
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:WriteAll\w{4,12}|AppendAll\w{4,6}|CreateText)\s{0,4}\(|\bnew\s{1,4}(?:System\.)?(?:IO\.)?(?:StreamWriter|FileStream)\s{0,4}\(|\b(?:CreateTextFile|OpenTextFile|SaveToFile)\b\s{0,4}\(?/i,
    given: forWriting,
    argument: [0],
    first:
      /script_name|path_translated|path_info|\brequest\s{0,4}\.\s{0,4}(?:physicalpath|currentexecutionfilepath|path)\b/i,
    whole: true,
    sources: origin.request | origin.box,
  },
  {
    info: shellInfo(
      'flow-opens-database',
      'Web Page Opens a Database Named by the Request',
      'Detects a page that takes a database connection string and a statement from the request, and runs that statement.',
      'decisive',
      ['T1505.001'],
    ),
    call: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)Connection\s{0,4}\(|\.\s{0,4}ConnectionString\s{0,4}=|\.\s{0,4}Open\b\s{0,4}\(?/i,
    object: /adodb\W{1,10}connection|\b(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)Connection\b/i,
    sources: origin.request | origin.box | origin.method,
    weak: true,
    // Of a file of the application only its path is asked for.
    texts: (texts) =>
      !texts.includes(MAPPED) &&
      (!texts.some((text) => /=/.test(text)) ||
        texts.some((text) =>
          /(?:server|user id|uid|pwd|password|dsn|address)\s{0,4}=\s{0,4}["']?$|\{\d\}/i.test(text),
        )) &&
      !texts.some(
        (text) => /data source\s{0,4}=\s{0,4}(?:["']?$|\{\d\})/i.test(text) && /provider/i.test(texts.join(' ')),
      ),
    also: {
      call: /\bnew\s{1,4}(?:[\w.]{1,60}\.)?(?:Sql|OleDb|Odbc|Oracle|MySql|Npgsql|SQLite)(?:Command|DataAdapter)\s{0,4}\(|\.\s{0,4}CommandText\s{0,4}=|\.\s{0,4}Execute\b\s{0,4}\(?/i,
      sources: origin.request | origin.box | origin.method,
    },
  },
  {
    info: shellInfo(
      'flow-captures-network',
      'Web Page Captures Network Traffic',
      'Detects a page that opens a raw socket, which receives all packets of a network card.',
      'strong',
      ['T1040'],
    ),
    call: /\bIOControlCode\s{0,4}\.\s{0,4}ReceiveAll\b|\bSocketType\s{0,4}\.\s{0,4}Raw\b/,
    always: true,
  },
  {
    info: shellInfo(
      'flow-shows-keys',
      'Web Page Shows the Machine Keys',
      'Detects a page that reads the machine keys, which sign and encrypt the view state, and sends them. With these keys, code can be run on the server later without a page.',
      'strong',
      ['T1552.001'],
    ),
    call: /\.\s{0,4}(?:ValidationKey|DecryptionKey)\b(?!\s{0,4}=[^=])|\b(?:AutogenKeys?|s_autogenKeys)\b/,
    page: /\bMachineKeySection\b|\bmachineKey\b|\bAutogenKeys?\b/,
    pageToo: /\bResponse\s{0,4}\.\s{0,4}(?:Write|BinaryWrite|Headers|AddHeader|AppendHeader|Output)\b|<%[=:]/i,
    always: true,
    weak: true,
  },
  {
    info: shellInfo(
      'flow-puts-where-asked',
      'Web Page Copies or Fetches to a Path of the Request',
      'Detects a page that copies, moves or downloads a file to a path from the request.',
      'decisive',
      ['T1105'],
    ),
    call: /\bFile\s{0,4}\.\s{0,4}(?:Copy|Move|Replace)\s{0,4}\(|\.\s{0,4}DownloadFile\w{0,20}\s{0,4}\(/i,
    argument: [1],
    sources: origin.request,
    weak: 'writes',
  },
  {
    info: shellInfo(
      'flow-fetches',
      'Web Page Fetches an Address Named by the Request',
      'Detects a page that requests an address from the request and returns the answer: a relay into the inside network, or a downloader.',
      'weak',
      ['T1090'],
    ),
    call: /\b(?:Http)?WebRequest\s{0,4}\.\s{0,4}Create\s{0,4}\(|\.\s{0,4}Open\b\s{0,4}\(?|\.\s{0,4}Download(?:Data|String|File)\w{0,20}\s{0,4}\(/i,
    // What opens a table or a window names no method of HTTP.
    given:
      /WebRequest|\.\s{0,4}Download|\.\s{0,4}Open\b\s{0,4}\(?\s{0,4}(?:["'](?:get|post|put|head)\b|\w{1,40}\s{0,4},[^,\r\n]{1,200},\s{0,4}(?:true|false)\b)/i,
    page: /WebRequest|XMLHTTP|WinHttp|WebClient/i,
    // An address of one server that the page names is a question to a service.
    texts: (texts) => !texts.some((text) => /^\s{0,4}https?:\/\/[\w.-]{2,200}/i.test(text)),
    sources: asked,
    weak: 'writes',
  },
  {
    info: shellInfo(
      'flow-lists-folder',
      'Web Page Lists a Folder Named by the Request',
      'Detects a page that lists folders, or returns files, whose path on the disk comes from the request.',
      'strong',
      ['T1083'],
    ),
    call: /\bnew\s{1,4}(?:System\.)?(?:IO\.)?DirectoryInfo\s{0,4}\(|\bDirectory\s{0,4}\.\s{0,4}Get\w{4,24}\s{0,4}\(|\bGetFolder\s{0,4}\(/i,
    argument: [0],
    sources: origin.request | origin.box,
    // Below a folder of the site it is an application's own list.
    texts: (texts) => !texts.includes(MAPPED),
    weak: true,
  },
]
