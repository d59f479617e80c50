// Fields of events of Sysmon and of process creation, as tools and authors of reports name and mark them.

/**
 * A column without the type that KQL writes behind it where a union has columns of one name and several types: `ProcessId_string`,
 * `AdditionalFields_dynamic`. https://learn.microsoft.com/kusto/query/union-operator
 */
export function withoutType(name: string): string {
  return name.replace(/_(?:string|dynamic|long|int|real|decimal|bool|datetime|timespan|guid)$/, '')
}

/** What tools call the fields of an event, in small letters without blanks, points and lines. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CommandLine:
      'commandline processcommandline processcmdline cmdline cmd command tgtproccmdline tgtprocesscmdline actionprocessimagecommandline',
    // Of products that record processes: CrowdStrike, SentinelOne, Carbon Black, Cortex.
    Image:
      'image process processpath processname newprocessname processimage processexecutable imagefilename tgtprocimagepath tgtprocessimagepath actionprocessimagepath',
    ParentImage:
      'parentimage parentprocess parent parentprocessname creatorprocessname parentname parentpath parentprocesspath parentbasefilename srcprocimagepath srcprocessimagepath actorprocessimagepath',
    ParentCommandLine:
      'parentcommandline parentprocesscommandline initiatingprocesscommandline processparentcommandline parentcmdline srcproccmdline srcprocesscmdline actorprocesscommandline',
    User: 'user username account accountname tgtprocessuser',
    UtcTime:
      'utctime time timestamp timecreated datetime timegenerated date contexttimestamp eventtime devicetimestamp',
    SourceImage: 'sourceimage sourceprocessname',
    TargetImage: 'targetimage targetprocessname',
    GrantedAccess: 'grantedaccess',
    TargetFilename: 'targetfilename',
    ImageLoaded: 'imageloaded',
    TargetObject: 'targetobject',
    Details: 'details',
    DestinationIp: 'destinationip',
    DestinationPort: 'destinationport',
    Computer: 'computer computername hostname host device devicename endpointname agenthostname',
    IntegrityLevel: 'integritylevel',
    CurrentDirectory: 'currentdirectory workingdirectory',
    OriginalFileName: 'originalfilename',
    Hashes: 'hashes',
    ProcessId: 'processid pid tgtprocesspid',
    ParentProcessId: 'parentprocessid ppid srcprocesspid',
    ProcessGuid: 'processguid',
    ParentProcessGuid: 'parentprocessguid',
    RuleName: 'rulename',
    Description: 'description',
    Company: 'company',
    Product: 'product',
  }).flatMap(([name, aliases]) => aliases.split(' ').map((alias): [string, string] => [alias, name])),
)

/** The field that tools call so; undefined where it is none of a process. */
export function eventField(said: string): string | undefined {
  return NAMES.get(said.toLowerCase().replace(/[\s._]/g, ''))
}

/** What an author may write behind the path of a program. */
const BEHIND_PROGRAM = /\.(?:exe|com)\s{1,20}(?:[(#\u2190\u2192\u2013\u2014]|<-|--?>?\s)/i
const PROGRAMS = new Set(['Image', 'ParentImage', 'SourceImage', 'TargetImage'])

/** A value without the marks of code around it and without what the author wrote behind it. */
export function valueOf(name: string, value: string): string {
  const marked = /^\s{0,6}`([^`]{1,8192})`/.exec(value)?.[1]
  const text = (marked ?? value).replace(/^[\s`*]{1,6}|[\s`*|,]{1,6}$/g, '')
  const own = /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text
  if (!PROGRAMS.has(name)) return own
  const behind = BEHIND_PROGRAM.exec(own)
  const program = behind ? own.slice(0, behind.index + 4) : own
  // Rules know programs by the end of their paths.
  return /^[\w.-]{1,64}\.(?:exe|com)$/i.test(program) ? `\\${program}` : program
}
