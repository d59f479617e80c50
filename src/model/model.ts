// Every noun of Postern. This file imports nothing; everything else imports it.
//
// Terminology
//   evidence    what the operator gives: a folder, a zip, a collection of one server. Never written to.
//   artifact    one file of the evidence, with its path there, its original Windows path, its size and SHA-256.
//   parser      reads one format; yields events and gaps, and accounts for every byte.
//   event       one normalised row or record. Field names are Sigma's taxonomy beside the format's own names.
//   gap         a place that could not be read, with the reason.
//   fact        something that the evidence says about the server itself: its name, a build, its time zone.
//   log kind    the unit of coverage: `iis-frontend`, `httpproxy-ecp`, `ecp-server`, `windows-security`, `web-roots` …
//   rule        Sigma, YARA or an indicator; data, in packs. It proves or suggests a stage.
//   hit         one event or file that a rule matched.
//   correlation a rule over the hits of other rules: so many of them, or one after the other, within a time.
//   match       rows that make a correlation true together.
//   finding     the hits of one rule that belong together (same client, target and day), with locators to the bytes.
//   chain       findings joined by request, session, client, target and time: one story.
//   coverage    what was read hour by hour, per log kind, with the holes.
//   pack        a folder of data for one campaign.
//   question    one of the six that an assessment answers.
//   trace       something that reports tie to an actor: a host, a digest, a file, an address, a rule's hit. Data, in packs.
//   assessment  the whole answer for one server.
//   seal        digests of all files of a run's results and of its evidence, signed.

// ---------------------------------------------------------------- evidence

export const gapReasons = [
  'truncated',
  'nul-tail',
  'unsupported',
  'locked',
  'denied',
  'timeout',
  'memory',
  'depth',
  'bomb',
  'corrupt',
  'changed',
  'ioerror',
  'encrypted',
  'too-long',
  'policy',
  'failed',
] as const
/** Why a place could not be read. What each costs says lost-coverage.ts. */
export type GapReason = (typeof gapReasons)[number]
/** The same in words. */
export const gapWords: Readonly<Record<GapReason, string>> = {
  truncated: 'cut off',
  'nul-tail': 'filled with zeros at the end',
  unsupported: 'format not readable yet',
  locked: 'locked by another program',
  denied: 'access denied',
  timeout: 'took too long',
  memory: 'needed too much memory',
  depth: 'nested too deeply',
  bomb: 'unpacks to far more than it says',
  corrupt: 'damaged',
  changed: 'changed while it was read',
  ioerror: 'the medium could not be read',
  encrypted: 'encrypted',
  'too-long': 'too long to be read whole',
  policy: 'not followed or opened, by design',
  failed: 'an error in Postern itself',
}

/** A place that could not be read. `offset` and `length` count (uncompressed) bytes of the artifact. */
export type Gap = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly reason: GapReason
  /** What was wanted and what was found, for a person: `15 values for 14 fields`. */
  readonly detail: string
  readonly line?: number
  /** Times of the last entry before and the first entry after the place, where known (ms since 1970 UTC). */
  readonly after?: number
  readonly before?: number
}

/** One file of the evidence. */
export type Artifact = {
  /** Path inside the evidence, with `/`; of a zip member: `archive.zip!/inner/path`. Data only: never opened by this name unless it is a plain file. */
  readonly path: string
  /** The original path on the server where it can be restored (`C:\inetpub\…`), else null. */
  readonly windowsPath: string | null
  /** Set where no folder around it tells `windowsPath`, but its own name or a list of its collector does. */
  readonly toldBy?: 'name' | 'list'
  /** Size in uncompressed bytes. */
  readonly size: number
  readonly sha256: string
  /** Modification time on the evidence medium or in the archive (ms UTC), a weak hint: copies change it. */
  readonly modified: number | null
  /** Name of the parser that read it; `scan` when it was only hashed and searched; null when it was not read. */
  readonly parser: string | null
  readonly kinds: readonly LogKind[]
  readonly parsed: number
  readonly events: number
  readonly first: number | null
  readonly last: number | null
}

// ---------------------------------------------------------------- events

/** The unit of coverage. A closed set in practice, listed in `parsers/kinds.ts`; a string so that packs can name it. */
export type LogKind = string

/** Kinds that are a state at the end of the evidence and not a log over time: between two of their times nothing is missing. */
export const stateKinds: ReadonlySet<LogKind> = new Set([
  'web-roots',
  'aspnet-temp',
  'iis-config',
  'transport-agents',
  'files',
  'ntfs-mft',
  'ntfs-index',
  'web-config',
  'exchange-config',
  'mailbox-items',
  'folder-permissions',
  'services',
  'startup',
  'accounts',
  'tasks',
  'registry',
  'programs',
  'user-access',
  'powershell-history',
  'certificate-requests',
  'evtx-integrity',
  'tool-results',
])

/**
 * How the time of an event is known.
 * stated: the row says UTC or an offset · format: the format is UTC by definition · zone: from the server's or the
 * given time zone · assumed: zone unknown (±14 h) · file: taken from a file's own time.
 */
export type TimeBasis = 'stated' | 'format' | 'zone' | 'assumed' | 'file'

/** What a field can hold. Several values: a rule matches when any of them matches. */
export type FieldValue = string | number | boolean | null | readonly (string | number)[]
export type Fields = Readonly<Record<string, FieldValue>>

/** Sigma's log source of an event; a rule is asked only of events whose log source it names. */
export type LogSource = { readonly category?: string; readonly product?: string; readonly service?: string }

/** Where an event lies: offset and length are (uncompressed) bytes of the artifact; `line` or `record` counts from 1. */
export type Place = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly line?: number
  readonly record?: number
}

/** A place together with the artifact's digest and the raw text that stands there (cut at 64 KiB). */
export type Locator = Place & { readonly artifact: string; readonly raw: string }

/** One normalised row or record. */
export type Event = {
  readonly log: LogKind
  /** All log sources it answers to (an IIS row is `webserver` and `windows/iis`). */
  readonly sources: readonly LogSource[]
  /** Milliseconds since 1970-01-01 UTC; null when the row has no usable time. */
  readonly time: number | null
  readonly timeBasis: TimeBasis
  /** The format's own field names beside Sigma's. Names are matched without regard to case by rules. */
  readonly fields: Fields
  /** The row as it stands there; of a binary record its text form, made when it is asked for. */
  readonly raw: string
  readonly at: Place
  // Roles: what joins and groups events, filled by the parser, null when the row does not say.
  /** Name of the machine that wrote the row (upper case, without domain). */
  readonly host: string | null
  /** Address of the requesting client, canonical text form, without zone or port. */
  readonly client: string | null
  readonly user: string | null
  /** What was acted on: SSRF target `host:port/path`, a page, a file path, an object. */
  readonly target: string | null
  /** Request id that front-end and back-end rows share (lower case GUID). */
  readonly request: string | null
  /** Session, canary or process id that ties rows together. */
  readonly session: string | null
  /** Set when the row was read without a header of its own, with the default fields of its kind. */
  readonly snippet?: boolean
}

/** What the evidence says about the server itself. */
export type Fact =
  | {
      readonly fact: 'build'
      /** `15.2.986.5`: four integers. */
      readonly build: string
      readonly precision: 'cu' | 'update'
      readonly source: string
      readonly from: number | null
      /** Null though `from` is known: it was set up then, and runs until something else is seen. */
      readonly to: number | null
      readonly host: string | null
      readonly at: Place
    }
  | { readonly fact: 'host'; readonly host: string; readonly source: string; readonly rows: number }
  /** A tenant of Microsoft 365 that rows are of, by its domain. */
  | { readonly fact: 'tenant'; readonly domain: string; readonly rows: number; readonly at: Place }
  | { readonly fact: 'zone'; readonly minutes: number; readonly source: string; readonly at: Place }
  | { readonly fact: 'installed'; readonly time: number; readonly source: string; readonly at: Place }
  | { readonly fact: 'power'; readonly state: 'down' | 'up'; readonly time: number; readonly at: Place }
  | { readonly fact: 'note'; readonly note: string; readonly at: Place }
  | {
      /** A setting on which it depends whether a vulnerability is open (parsers/settings.ts). */
      readonly fact: 'setting'
      readonly name: string
      readonly about: string
      readonly value: string
      readonly host: string | null
      readonly at: Place
    }

// ---------------------------------------------------------------- rules

/**
 * The steps of an attack, in its order. `context` is ordinary by itself and counts only when joined to a chain (the
 * back-end row of a machine account, …).
 */
export const stages = [
  'recon',
  'attempt',
  'access',
  'write',
  'shell',
  'execution',
  'credentials',
  'persistence',
  'collection',
  'exfiltration',
  'cleanup',
  'context',
] as const
export type Stage = (typeof stages)[number]

/** Sigma's five words, from least to most. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Level = (typeof levels)[number]
export type Confidence = 'low' | 'medium' | 'high'
/** What lets an intruder come back. */
export const persistences = [
  'web-shell',
  'vdir',
  'iis-module',
  'transport-agent',
  'task',
  'service',
  'startup',
  'account',
  'forwarding',
  'keys',
] as const
export type PersistenceKind = (typeof persistences)[number]

/** What is known of a rule besides its condition. */
export type RuleInfo = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly author: string
  readonly license: string
  readonly pack: string
  /** Name of the campaign that it belongs to; `unknown` for rules that belong to none. */
  readonly campaign: string
  readonly stage: Stage
  readonly level: Level
  readonly confidence: Confidence
  /** True: one hit is enough for its stage. False: it suggests and needs a second from an independent log. */
  readonly proves: boolean
  readonly cves: readonly string[]
  /** ATT&CK technique ids. */
  readonly attack: readonly string[]
  readonly innocent: readonly string[]
  readonly next: readonly string[]
  /** Which persistence a hit is, when it is one: what lets them come back. */
  readonly persistence?: PersistenceKind
  /** By which way mail went, when a hit shows that. */
  readonly means?: string
  /** Name of the tool or scanner that leaves this trace when it is a defender's, with who runs it. */
  readonly known?: string
  /**
   * For `context` rules: the stage that a hit has once it is joined (by request id, or target and time) to a hit of the
   * same campaign at the front end. Two independent logs then say the same, so it proves.
   */
  readonly whenJoined?: Stage
  /** Its rows are ordinary work: those alone are found that are tied to a story of an intrusion (see cloud-story.ts). */
  readonly tied?: true
  readonly file: string
}

/** One event or file that a rule matched. */
export type Hit = {
  readonly rule: string
  /** Names of the fields that matched, for the explanation. */
  readonly matched: readonly string[]
  readonly event: Event
  /** Of a correlation: the match that the row is a part of. */
  readonly match?: Match
}

/** Rows that make a correlation true together: one finding. */
export type Match = {
  /** The same for all of its rows, and for no other match of the correlation. */
  readonly key: string
  /** How many rows it has, be they kept or not. */
  readonly rows: number
  /** In words: what they have in common and how they lie in time. */
  readonly says: string
}

/**
 * Rows of one file that answer a rule which a correlation counts, kept so that they can be counted with those of all other
 * files: of each its place and the values that are asked for, and no more.
 */
export type Trail = {
  readonly rule: string
  /** What rows have in common, each once, in the order in which the rows name them. */
  readonly keys: readonly TrailKey[]
  /**
   * Eight numbers a row: time, number of its key, offset, length, line or record (0 for none), identity, and what it has in
   * common with the row of another log of the same request (0 for none): client and path, and id (see scan.ts).
   */
  readonly rows: readonly number[] | Float64Array<ArrayBuffer>
  /** Rows without a time, and rows beyond the most that are kept: they are in no correlation. */
  readonly untimed: number
  readonly beyond: number
}
export type TrailKey = Pick<Event, 'log' | 'timeBasis' | 'host' | 'client' | 'user'> & {
  /** Values by name of field (folded); of several values one text. A field without a value is not there. */
  readonly values: Readonly<Record<string, string>>
  readonly counts: 'line' | 'record'
}

/** A rule that could not be loaded, is not supported, or took too long and was left out: shown, never dropped. */
export type BrokenRule = {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly reason: 'broken' | 'unsupported' | 'slow'
  readonly detail: string
}

// ---------------------------------------------------------------- findings and chains

/**
 * How many entries were left out of each list of an object that has a limit (lib/limits.ts), by the name of the list. Lists
 * that are complete have no entry here.
 */
export type More = Readonly<Record<string, number>>

export type Finding = {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly author: string
  readonly license: string
  readonly pack: string
  readonly campaign: string
  readonly stage: Stage
  readonly level: Level
  readonly confidence: Confidence
  readonly proves: boolean
  readonly time: string | null
  readonly timeBasis: TimeBasis
  readonly client: string | null
  readonly user: string | null
  readonly target: string | null
  readonly log: LogKind
  readonly host: string | null
  readonly cves: readonly string[]
  readonly attack: readonly string[]
  readonly innocent: readonly string[]
  readonly next: readonly string[]
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  readonly locators: readonly Locator[]
  /** The chain that it belongs to, if any. */
  readonly chain: string | null
  /** Why it does not count, or counts less: own scanner, accepted, another host's row, outside every window. */
  readonly notes: readonly string[]
  /** Facts read out of the matched rows that the answers and the report use (build, status, file name, mailbox …). */
  readonly facts: Fields
  readonly persistence: RuleInfo['persistence'] | null
  readonly means: string | null
}

export type Chain = {
  readonly id: string
  readonly campaign: string
  readonly clients: readonly string[]
  readonly first: string | null
  readonly last: string | null
  readonly stages: readonly Stage[]
  readonly findings: readonly string[]
  /** The story in sentences, one a step. */
  readonly story: readonly string[]
  readonly joinedBy: readonly string[]
  /** Ids of the hypotheses that were weighed for it. */
  readonly actors: readonly string[]
  readonly more?: More
}

// ---------------------------------------------------------------- coverage

export type Hole = { readonly from: string; readonly to: string; readonly reason: string }

/** What was read of one log kind. Times ISO UTC; `hours` are hours with the log present (holes taken out). */
export type KindCoverage = {
  readonly kind: LogKind
  readonly title: string
  readonly files: number
  readonly bytes: number
  readonly entries: number
  readonly first: string | null
  readonly last: string | null
  readonly hours: number
  readonly holes: readonly Hole[]
  /** Entries per UTC day, for the chart: [`2021-03-03`, 1200]. */
  readonly days: readonly (readonly [string, number])[]
  readonly more?: More
}

export type Coverage = {
  readonly first: string | null
  readonly last: string | null
  readonly kinds: readonly KindCoverage[]
  /** Files that no parser knows: hashed and searched, not read as fields. */
  readonly unknown: readonly { readonly path: string; readonly size: number }[]
  readonly gaps: readonly Gap[]
  readonly more?: More
  /** Files that were not read to their end and could hold a way back in: what stands at the end of the evidence is not known. */
  readonly blind: readonly BlindSpot[]
}

/** A file that was not read, or not whole, and the kind of state that is not complete without it. */
export type BlindSpot = {
  readonly path: string
  readonly kind: LogKind
  readonly reason: GapReason
  readonly detail: string
}

// ---------------------------------------------------------------- answers

export type Question = 'exposed' | 'targeted' | 'exploited' | 'compromised' | 'mail-taken' | 'still-there'
/** The question that a stage answers; clean-up and context prove nothing alone. */
export const stageQuestion: Readonly<Record<Stage, Question | null>> = {
  recon: 'targeted',
  attempt: 'targeted',
  access: 'exploited',
  write: 'exploited',
  shell: 'compromised',
  execution: 'compromised',
  credentials: 'compromised',
  persistence: 'compromised',
  collection: 'mail-taken',
  exfiltration: 'mail-taken',
  cleanup: null,
  context: null,
}
export type Is = 'yes' | 'likely' | 'no-evidence' | 'cannot-tell' | 'not-asked'

export type Check = { readonly looked: string; readonly found: string }

/** How far the logs reach for one question: hours covered of the hours in its window. */
export type AnswerCoverage = {
  readonly from: string | null
  readonly to: string | null
  readonly covered: number
  readonly of: number
  readonly missing: readonly { readonly from: string; readonly to: string }[]
}

export type Answer = {
  readonly question: Question
  readonly is: Is
  /** Finding ids, or sentences that begin with `exposure:` or `coverage:`. */
  readonly because: readonly string[]
  /** One plain sentence that gives the answer and what it rests on. */
  readonly sentence: string
  readonly against: readonly Check[]
  readonly coverage: AnswerCoverage
  readonly wouldChange: readonly string[]
  readonly more?: More
}

export type CampaignAnswer = {
  readonly campaign: string
  readonly name: string
  readonly asked: boolean
  readonly reason: string
  readonly window: { readonly from: string; readonly to: string } | null
  readonly answers: readonly Answer[]
}

/** First and last; null where nothing has a time. */
export type Times = { readonly first: string | null; readonly last: string | null }

export type VerdictIs = 'compromised' | 'exploited' | 'targeted' | 'cannot-tell' | 'no-evidence'
export type Verdict = {
  readonly is: VerdictIs
  readonly sentence: string
  readonly sure: boolean
  readonly open: readonly Question[]
  /**
   * When an intruder took steps, and when somebody scanned or tried: by the findings that the answers rest on. Whatever
   * names a beginning of the attack names the first step.
   */
  readonly seen: { readonly steps: Times; readonly attempts: Times }
  readonly covers: { readonly from: string | null; readonly to: string | null; readonly missingHours: number }
}

export type Build = {
  readonly build: string
  readonly from: string | null
  readonly to: string | null
  readonly source: string
  readonly precision: 'cu' | 'update'
}

export type CveState = 'open' | 'mitigated' | 'fixed' | 'not-affected' | 'unknown'
export type CveExposure = {
  readonly cve: string
  /** What it is called, where it has a name: ProxyLogon. */
  readonly alias: string
  readonly impact: string
  /** The day on which it was made public: `2021-03-02`. */
  readonly published: string
  /** Is its use in the wild known? */
  readonly exploited: boolean
  /** At the end of the evidence: by build, by what else decides, and by mitigations. */
  readonly state: CveState
  /** By build; the last one by what else decides, too, as far as that is known. */
  readonly intervals: readonly {
    readonly from: string | null
    readonly to: string | null
    readonly state: CveState
    readonly source: string
  }[]
  /** The update that fixes it on the cumulative update that ran last; null where none does. */
  readonly fixedBy: string | null
  /** What to do where that does not close it: install another cumulative update, or change a setting. */
  readonly remedy: string | null
  /** What else than a build decides, as judged from the evidence. */
  readonly conditions: readonly Condition[]
  /** What keeps one known way in shut though the fix is missing. */
  readonly mitigations: readonly string[]
  readonly more?: More
}

/** Something besides the build that must be so: met, not met, or not known from this evidence. */
export type Condition = {
  readonly title: string
  readonly is: 'met' | 'not-met' | 'unknown'
  readonly why: string
  /** Files of the evidence that say so. */
  readonly from: readonly string[]
}

/** A condition that holds for the server as a whole, and the vulnerabilities that it decides. */
export type Protection = Condition & { readonly id: string; readonly cves: readonly string[] }

/** How long the product gets fixes, and how far this server is behind. */
export type Support = {
  readonly product: string
  /** The update that the build belongs to: `CU22 Nov21SU`; null where the build is not known. */
  readonly update: string | null
  readonly released: string | null
  /** The newest update for the same cumulative update, and for the product. */
  readonly newestOfCu: string | null
  readonly newest: string | null
  readonly end: string
  /** The newest update made after that for those who bought Extended Security Updates; null where none was sold. */
  readonly later: string | null
  /** At the end of the evidence; `unknown` without times. */
  readonly is: 'supported' | 'ended' | 'unknown'
}

/** Days until which builds and vulnerabilities are known: what was published later is in no answer. */
export type KnownUntil = { readonly builds: string; readonly vulnerabilities: string }

export type Exposure = {
  readonly known: KnownUntil
  readonly cves: readonly CveExposure[]
  readonly patchedTooLate: boolean | null
  readonly protections: readonly Protection[]
  readonly support: Support | null
}

/** Whose mail: a mailbox, or (`server`) a time in which it could be any of the server. */
export type Mailbox = {
  /** Its address where the evidence tells it, else its name as rows have it. */
  readonly mailbox: string
  readonly scope: 'mailbox' | 'server'
  /** Other names by which rows call it. */
  readonly names: readonly string[]
  /**
   * named: a row of the attack names it · joined: a back-end row that joins one does · possible: it could have been ·
   * unknown: no log here tells.
   */
  readonly certainty: 'named' | 'joined' | 'possible' | 'unknown'
  readonly means: readonly string[]
  readonly first: string | null
  readonly last: string | null
  /** Rows of this access, and the bytes of their answers as far as rows tell. */
  readonly requests: number
  readonly bytes: number
  /** Items that requests named by their ids, where the log counts them. */
  readonly items: number | null
  readonly operations: readonly (readonly [operation: string, requests: number])[]
  readonly clients: readonly string[]
  readonly days: readonly MailboxDay[]
  /** The use of this mailbox on other days, and of all; null where no log counts it. */
  readonly ordinary: OrdinaryUse | null
  readonly because: readonly string[]
  /** What cannot be known, and what would tell, in sentences. */
  readonly cannotKnow: readonly string[]
  readonly more?: More
}

export type MailboxDay = {
  readonly day: string
  readonly client: string | null
  readonly requests: number
  readonly bytes: number
}

/** What is ordinary in the logs of EWS and MAPI over HTTP, a day of one mailbox at a time. */
export type OrdinaryUse = {
  readonly own: Spread
  readonly house: Spread
  /** How many mailboxes the logs name; rows beyond the most that are told apart. */
  readonly mailboxes: number
  readonly beyond: number
  /** Clients and hours that are new at this mailbox on the days of the access: leads, and no proof. */
  readonly leads: readonly string[]
}

export type Spread = {
  readonly days: number
  readonly requests: Quantiles
  readonly bytes: Quantiles
}
export type Quantiles = { readonly median: number; readonly p95: number; readonly most: number }

export type Persistence = {
  readonly kind: PersistenceKind
  readonly what: string
  readonly state: 'present' | 'was-there' | 'requested-after-removal' | 'unknown'
  readonly first: string | null
  readonly last: string | null
  readonly because: readonly string[]
  readonly more?: More
}

/** What another tool said, held against the findings here. */
export type Opinion = {
  readonly tool: string
  /** Its rule or verdict, in its words. */
  readonly says: string
  readonly level: Level | null
  /** The file, record, address or vulnerability that it speaks of. */
  readonly about: string | null
  readonly time: string | null
  readonly is: 'agrees' | 'differs' | 'only-theirs' | 'not-compared'
  readonly why: string
  /** Our findings about the same thing, or `exposure: CVE-…`. */
  readonly because: readonly string[]
  /** Where its result stands in the evidence. */
  readonly path: string
  readonly line: number | null
  readonly more?: More
}

/** An address that findings are of, and all that it asked the front end for: what else did it do? */
export type ClientTraffic = {
  readonly client: string
  /** Findings of it, and the rows that they have. */
  readonly findings: readonly string[]
  readonly found: number
  /** Rows of front-end logs (a request has one in each log that records it), and the bytes of answers that they tell. */
  readonly rows: number
  readonly first: string | null
  readonly last: string | null
  /** How many rows with a status of 200 to 299, 300 to 399, 400 to 499, and 500 to 599. */
  readonly statuses: readonly [number, number, number, number]
  readonly bytes: number
  readonly more?: More
}

/** Rows of front-end logs that have one value: an agent, a path, a status. */
export type Asked = Omit<ClientTraffic, 'client' | 'findings' | 'found' | 'more'> & { readonly value: string }

/** What one address alone asked for, or asked with. */
export type Rare = Asked & {
  readonly client: string
  /** Has a file of a known build of Exchange the name of the page? Null where nobody can tell, and of agents. */
  readonly known: boolean | null
}

/**
 * What was asked of the front end, over all logs of it. The rare ones are leads, and no findings: they count for no answer.
 */
export type Requests = {
  /** How many rows there are, and how many different values they have; `beyond`: rows whose values were too many to tell apart. */
  readonly rows: number
  readonly clients: number
  readonly agents: number
  readonly paths: number
  readonly beyond: Readonly<Record<Trait, number>>
  readonly statuses: readonly Asked[]
  /** Null where there are too few rows or clients for anything to be rare. */
  readonly rareAgents: readonly Rare[] | null
  readonly rarePages: readonly Rare[] | null
  readonly more?: More
}

/** A weighed hypothesis; `words` is an ICD 203 expression. */
export type Actor = {
  readonly id: string
  readonly actor: string
  readonly words: Likelihood
  /** What was found carries the name. False of the two that name nobody, and of those that were weighed and not named. */
  readonly named: boolean
  readonly for: readonly string[]
  readonly against: readonly string[]
  /** Ids of the chains that it was weighed for. */
  readonly chains: readonly string[]
  /** The reports that it rests on. */
  readonly references: readonly string[]
  readonly more?: More
}

/** The seven expressions of ICD 203, from least to most. */
export const likelihoods = [
  'almost no chance',
  'very unlikely',
  'unlikely',
  'roughly even chance',
  'likely',
  'very likely',
  'almost certain',
] as const
export type Likelihood = (typeof likelihoods)[number]

export type Action = {
  readonly id: string
  readonly order: number
  readonly title: string
  readonly why: string
  readonly how: readonly string[]
  readonly sideEffects: readonly string[]
  /** What of this server it is about. */
  readonly here: readonly ActionFact[]
  /** What a further run, or a look at the server, must show when it is done. */
  readonly verify: readonly string[]
  readonly because: readonly string[]
}

/** Something on this server that an action is about, and the findings (or `exposure: CVE-…`) that tell of it. */
export type ActionFact = {
  readonly subject: ActionSubject
  readonly what: string
  /** The state of a way back in, how sure it is of a mailbox; else null. */
  readonly is: Persistence['state'] | Mailbox['certainty'] | null
  readonly because: readonly string[]
}

/** What an action may be about: ways back in by their kind, and what `action-facts.ts` knows besides. */
export type ActionSubject = PersistenceKind | 'credentials' | 'clients' | 'users' | 'updates' | 'mailboxes'

/** Every subject that a pack may name. */
export const actionSubjects: readonly ActionSubject[] = [
  ...persistences,
  'credentials',
  'clients',
  'users',
  'updates',
  'mailboxes',
]

/** A duty to report, as a fact and not as legal advice: whom it binds, whom they tell, and how long the clock runs from what. */
export type Duty = {
  readonly id: string
  readonly law: string
  readonly binds: string
  readonly tell: string
  readonly within: string
  readonly from: string
  readonly note: string
  readonly source: string
}

/** A signed bundle of packs and tables: which one, and until when whoever signed it stands for its being the newest. */
export type Bundle = { readonly version: number; readonly expires: string; readonly sha256: string }

export type Assessment = {
  readonly schema: 'postern-assessment/1'
  readonly server: {
    readonly name: string
    readonly product: string
    readonly builds: readonly Build[]
    readonly more?: More
  }
  readonly verdict: Verdict
  readonly answers: readonly Answer[]
  readonly campaigns: readonly CampaignAnswer[]
  readonly exposure: Exposure
  readonly chains: readonly Chain[]
  readonly findings: readonly Finding[]
  readonly clients: readonly ClientTraffic[]
  readonly requests: Requests
  readonly mailboxes: readonly Mailbox[]
  readonly persistence: readonly Persistence[]
  readonly actors: readonly Actor[]
  /** Whether somebody is named and why, and what that means and does not mean, in sentences. */
  readonly attribution: readonly string[]
  readonly actions: readonly Action[]
  /** Duties to report; empty where nothing was found that could call for one. */
  readonly duties: readonly Duty[]
  /** What other tools said whose results are in the evidence. */
  readonly opinions: readonly Opinion[]
  readonly coverage: Coverage
  readonly evidence: {
    readonly manifest: readonly Artifact[]
    readonly files: number
    readonly bytes: number
    readonly gaps: readonly { readonly reason: GapReason; readonly count: number; readonly bytes: number }[]
    /** What a reader should know of single files: sparse without its holes, a hive without its logs, two of one name. */
    readonly notes: readonly string[]
    readonly more?: More
  }
  readonly knowledge: {
    readonly tool: string
    /** Of all that was known: the packs, and the tables and baselines. The same digest means the same knowledge. */
    readonly sha256: string
    /** The signed bundle that packs and tables came from; null when they are those that came with Postern, or the user's. */
    readonly bundle: Bundle | null
    /** Builds, fixes, baselines: files of knowledge that are no packs. */
    readonly tables: readonly { readonly table: string; readonly sha256: string }[]
    readonly packs: readonly {
      readonly pack: string
      readonly name: string
      readonly sha256: string
      readonly rules: number
    }[]
    readonly brokenRules: readonly BrokenRule[]
    readonly options: Readonly<Record<string, string>>
    readonly more?: More
  }
  /** Time or memory ran out on part of the evidence: a second run may find more. */
  readonly degraded: boolean
  /** Archives hold more than may be unpacked, or lie too deep in one another: every run leaves the same part unread. */
  readonly incomplete: boolean
  readonly more?: More
}

// ---------------------------------------------------------------- two assessments

/** What made a difference: the evidence, what was known, how it was asked; `rest`: other findings or files, not this one. */
export type Cause = 'evidence' | 'knowledge' | 'options' | 'rest'

export type FindingChange = {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly stage: Stage
  readonly time: string | null
  readonly path: string | null
  readonly cause: Cause
  /** Why it is new, gone, or counts otherwise, in one sentence. */
  readonly why: string
}

/** A question, or the verdict, before and after; `is` the same where nothing moved. */
export type Move<Question, Value> = {
  readonly question: Question
  readonly before: Value
  readonly after: Value
  readonly moved: boolean
  readonly causes: readonly Cause[]
  readonly why: readonly string[]
}

export type NamedDigest = { readonly name: string; readonly before: string | null; readonly after: string | null }

/** Two assessments of one server, and what lies between them. */
export type Diff = {
  readonly schema: 'postern-diff/1'
  readonly before: { readonly server: string; readonly tool: string }
  readonly after: { readonly server: string; readonly tool: string }
  /** What a reader must know before the rest: two servers, a run that was not whole. */
  readonly notes: readonly string[]
  readonly verdict: Move<'verdict', { readonly is: VerdictIs; readonly sure: boolean }>
  readonly answers: readonly Move<Question, Is>[]
  readonly evidence: {
    readonly same: number
    readonly added: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
    readonly removed: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
    /** Of the same path and other bytes. */
    readonly changed: readonly { readonly path: string; readonly before: string; readonly after: string }[]
    /** Of the same bytes at another path. */
    readonly moved: readonly { readonly before: string; readonly after: string; readonly sha256: string }[]
  }
  /** Packs, tables, tool and options of which the two runs had different ones; null where one had none. */
  readonly knowledge: {
    readonly same: boolean
    readonly packs: readonly NamedDigest[]
    readonly tables: readonly NamedDigest[]
    readonly tool: boolean
    readonly options: readonly NamedDigest[]
  }
  readonly findings: {
    readonly stays: number
    /** Those that stay, by their rules. */
    readonly staying: readonly (Pick<FindingChange, 'rule' | 'title' | 'stage'> & { readonly count: number })[]
    readonly gone: readonly FindingChange[]
    readonly new: readonly FindingChange[]
    readonly otherwise: readonly FindingChange[]
  }
  readonly mailboxes: { readonly gone: readonly string[]; readonly new: readonly string[] }
  readonly persistence: { readonly gone: readonly string[]; readonly new: readonly string[] }
}

// ---------------------------------------------------------------- knowledge

/** Alternatives of log kinds; an hour is covered when every kind of one alternative is. `httpproxy-*`: each protocol seen. */
export type Needs = Readonly<Partial<Record<Question, readonly (readonly LogKind[])[]>>>

/** What pack.yml says about its campaign. A pack without a wave (what holds for every campaign) has none. */
export type Campaign = {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly cves: readonly string[]
  /** The CVEs whose fix closes the door: the window ends when all of these are fixed. */
  readonly door: readonly string[]
  readonly products: readonly string[]
  readonly wave: { readonly from: string; readonly to: string }
  /** When many began to use it at once, where that is later than the wave's start. */
  readonly massFrom?: string
  /**
   * Of a door that few used: asked where a build that was open to it is seen in its wave, or only where something speaks
   * of it. A time without logs then takes nothing from the verdict.
   */
  readonly asked?: 'open' | 'trace'
  readonly needs: Needs
  readonly cannotSee: readonly string[]
  readonly references: readonly string[]
  readonly wouldChange: Readonly<Partial<Record<Question, readonly Wanted[]>>>
}

/** Evidence that would answer a question that is open. */
export type Wanted = {
  readonly what: string
  /** Alternatives of log kinds that it consists of, as in `needs`, also `windows-security/4688`; none: Postern does not know when it is there. */
  readonly logs: readonly (readonly LogKind[])[]
}

/** What actors.yml of a pack says about those who used its way in. */
export type ActorFacts = {
  readonly campaign: string
  /** In whose hands the way in was, from when on; in the order of time. */
  readonly phases: readonly Phase[]
  /** What many use: it is named as the reason why nobody is. */
  readonly shared: readonly { readonly what: string; readonly rules: readonly string[] }[]
  readonly actors: readonly KnownActor[]
}

export const hands = ['few', 'some', 'many', 'all'] as const
export type Phase = {
  readonly from: string
  readonly hands: (typeof hands)[number]
  /** How that time is called: `before the updates were published`. */
  readonly what: string
}

export type KnownActor = {
  readonly id: string
  readonly name: string
  /** The time in which its traces stand for it: before, nobody saw it at this; after, hosts and tools had changed hands. */
  readonly seen: { readonly from: string; readonly to: string }
  /** Sectors of the victims that the reports name. */
  readonly sectors: readonly string[]
  readonly traces: readonly Trace[]
  readonly references: readonly string[]
}

export const traceKinds = ['called', 'digest', 'file', 'client', 'rule'] as const
/**
 * exclusive: reports tie it to this actor alone · distinctive: to this actor, but others could have it or come to it ·
 * shared: to many.
 */
export const traceWeights = ['exclusive', 'distinctive', 'shared'] as const

/** Something that reports tie to an actor, and how an event shows it. */
export type Trace = {
  readonly kind: (typeof traceKinds)[number]
  readonly values: readonly string[]
  readonly weight: (typeof traceWeights)[number]
  readonly what: string
  readonly source: string
}

/** What an action can be done on: a server of the organization, or a tenant of Microsoft 365. */
export const actionTargets = ['server', 'tenant'] as const

/** An action of a pack, with what calls for it. */
export type PackAction = Omit<Action, 'order' | 'because' | 'here'> & {
  readonly about: readonly ActionSubject[]
  /** The campaign of its pack: its conditions are evaluated against that campaign alone; null: against all. */
  readonly campaign: string | null
  /** What it can be done on; anything where it is not said. */
  readonly for?: (typeof actionTargets)[number]
  /** The action, of whatever pack, behind which it stands; where there is none, its own place. */
  readonly after?: string
  readonly when: {
    readonly questions?: readonly Question[]
    /** What the answer to one of the questions must be; yes or likely where nothing is said. */
    readonly is?: readonly Is[]
    readonly rules?: readonly string[]
    readonly persistence?: readonly string[]
  }
}

// ---------------------------------------------------------------- work

/** The hours in which one log kind has entries: [hour since 1970, entries, first ms, last ms]. */
export type HourCount = readonly [hour: number, entries: number, first: number, last: number]

/**
 * Requests of a client to the front end, counted: how many, of which time (ms since 1970 UTC; null where none has one), with
 * which status (2xx, 3xx, 4xx, 5xx), and how many bytes of answers went out, as far as rows say so.
 */
export type Traffic = {
  readonly rows: number
  readonly first: number | null
  readonly last: number | null
  readonly statuses: readonly [number, number, number, number]
  readonly bytes: number
}

/** What requests are counted by. */
export type Trait = 'client' | 'agent' | 'path' | 'status'

/** Requests by the values of one trait, in the order in which these were met. */
export type Tally = {
  readonly values: readonly string[]
  /** Eight numbers of each value: see traffic.ts. */
  readonly counts: Float64Array<ArrayBuffer>
  /** The client whose requests have the value: empty where none is named, null where there are several. Not told of clients. */
  readonly only: readonly (string | null)[]
  /** Requests with values beyond the most that are counted one by one. */
  readonly beyond: number
}

/** What was asked of mailboxes in one file, and who is who by it. */
export type MailTally = {
  readonly mailboxes: readonly string[]
  /** Client and agent, parted by a NUL. */
  readonly sources: readonly string[]
  /** Six numbers of each mailbox, day and source: see mail-use.ts. */
  readonly cells: readonly number[]
  /** Names of one person, the address first. */
  readonly together: readonly (readonly string[])[]
  /** Rows beyond the most that are counted one by one. */
  readonly beyond: number
}

/** Which mobile devices asked for whose mailboxes in one file, and from where. */
export type DeviceTally = {
  /** User, device and kind of log, parted by NUL: see parsers/devices.ts. */
  readonly values: readonly string[]
  /** Seven numbers of each value: see devices.ts. */
  readonly counts: Float64Array<ArrayBuffer>
  /** The client of the first row of each value. */
  readonly clients: readonly string[]
  /** Rows beyond the most that are told apart. */
  readonly beyond: number
}

/**
 * What rows of a cloud audit log say of mailboxes and accounts in one file, and which records it holds, so that a record
 * that stands in two exports is counted once.
 */
export type CloudTally = {
  readonly mailboxes: readonly string[]
  /** Client, session, application, and what was done, parted by NULs. */
  readonly sources: readonly string[]
  /** Numbers of each mailbox, day and source: see parsers/cloud/use.ts. */
  readonly cells: Float64Array<ArrayBuffer>
  /** User, client, and the operation of the first act, parted by NULs. */
  readonly users: readonly string[]
  /** Rows, first and last time of each of them. */
  readonly acts: Float64Array<ArrayBuffer>
  /** A number of each record, made of its id, and the number of its cell (-1: none), its items and its bytes. */
  readonly records: Float64Array<ArrayBuffer>
  /** Rows, accounts and records beyond the most that are told apart. */
  readonly beyond: { readonly rows: number; readonly acts: number; readonly records: number }
}

/** What reading one artifact gave: plain data that crosses a thread. */
export type Scan = {
  readonly artifact: Artifact
  readonly gaps: readonly Gap[]
  readonly hits: readonly Hit[]
  /** Hits beyond the cap, per rule: counted, with first and last time. */
  readonly more: readonly {
    readonly rule: string
    readonly count: number
    readonly first: number | null
    readonly last: number | null
  }[]
  /** Rows that correlations count. */
  readonly trails: readonly Trail[]
  readonly facts: readonly Fact[]
  readonly hours: readonly (readonly [LogKind, readonly HourCount[]])[]
  /** Requests to the front end, by each of their traits; clients are those that are not loopback. */
  readonly requests: Readonly<Record<Trait, Tally>>
  /** Requests for mailboxes, in logs of the back end. */
  readonly mail: MailTally
  /** Of a log of the front end in which mobile devices ask; else not there. */
  readonly devices?: DeviceTally
  /** Of a cloud audit log; else not there. */
  readonly cloud?: CloudTally
  /** Rows per host name, by log kind. */
  readonly hosts: readonly (readonly [host: string, kind: LogKind, rows: number])[]
  /** Kinds of row that this log was seen to record: `windows-security/4688`. */
  readonly recorded: readonly string[]
  /** What other tools said, when this is a result of theirs; those beyond the cap are counted. */
  readonly said: readonly Event[]
  readonly saidMore: number
  /**
   * Of a file of which hits are kept: a digest of its beginning that is told nowhere else, so that only who has the evidence can
   * make the key of the case (see secrets.ts).
   */
  readonly seed?: string
  /** Rules that took too long here, and are left out of the rest of this file and of files read after it. */
  readonly slow?: readonly BrokenRule[]
}

/** Runs units of work with limits. The results come in the order of the items whatever the number of workers. */
export type Pool = {
  run<Item, Result>(task: 'scan', items: readonly Item[], each: (result: Result, index: number) => void): Promise<void>
}
