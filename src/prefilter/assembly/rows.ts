// The inner loop of reading rows, in AssemblyScript (https://www.assemblyscript.org): finds the values of regular rows,
// looks them up among those that were met before, and counts the rows that no rule can match. It stops at everything
// else and says why. `row-reader.ts` does the same in plain TypeScript; `fast-rows.ts` hands over bytes and reads the
// counts. Nothing is ever dropped: where a table is full it stops, too.

// Why it stopped; the same numbers stand in fast-rows.ts.
const END: u32 = 0 // no whole row is left
const WHOLE: u32 = 1 // the row must be read as a whole
const NEW: u32 = 2 // a value that nobody has judged
const FULL: u32 = 3 // no room for another value
const CONTEXT: u32 = 4 // rows of a context that nobody has told of
const ROOM: u32 = 5 // no room for another run or account: what was counted must be taken
const HELD: u32 = 6 // a question is left that the values of the row do not answer
const TEXT: u32 = 7 // the texts that stand in a value must be found elsewhere
const RULE: u32 = 8 // a rule matches, and it is not known whether its hits are only counted
const TOLD: u32 = 9 // a value tells something else than the one before it did
const OTHER_DAY: u32 = 10 // a rule matches on another day than that of the row before which one matched

const LF: u8 = 10
const CR: u8 = 13
const QUOTE: u8 = 34
const HASH: u8 = 35
const PERCENT: u8 = 37
const DOLLAR: u8 = 36
const COMMA: u8 = 44
const GREATER: u8 = 62

// What is known of a value.
const JUDGED: u8 = 1
const SETTLES: u8 = 2
const MARK: u8 = 8
const ASKS: u8 = 16
const TELLS: u8 = 32
/** It is the path of requests of devices. */
const DEVICES: u8 = 64
/** It is the path of requests that show mail. */
const MAIL: u8 = 128
/** It is the path of EWS, which shows mail and no device uses. */
const EWS: u8 = 192
/** It is in the column of the client and names none. */
const NAMELESS: u8 = 4
/** It is another path of which HttpProxy passes requests on, with MAIL one of RPC or REST. */
const PASSED: u8 = 4

// An item is a sign of a group of a question (question * 8 + group), or that a rule matches.
const SURE: u32 = 0x8000_0000

const NONE: u32 = 0xffff_ffff
const LONGEST_VALUE: u32 = 2_048
const LONGEST_ROW: u32 = 65_536
const FIRST_SLOTS: u32 = 4_096
const CONTEXTS: usize = 64
const HOUR: i64 = 3_600_000
const DAY: i64 = 86_400_000

// A value is a record: hash, column and length, last eight bytes, then its set of bits, items, account and what is known of it,
// the one client that its rows have, and the name that it has elsewhere; its bytes follow, eight at least. Its number is the
// place of the record.
const HASH_AT: usize = 0
const KEY: usize = 4
const TAIL: usize = 8
const MASK: usize = 16
const ITEMS: usize = 20
/** Its account, where its rows are counted: (turn << 16) + number. */
const ACCOUNT: usize = 24
const KNOWN: usize = 28
/** What it tells: (number << 3) + track. */
const TELLING: usize = 30
/** The value of the client of its rows. */
const CLIENT: usize = 32
/** Of a column that is read: the value that was found there last, 0 for none. */
const LATEST: usize = 28
/** 0 until fast-rows.ts gives it one. */
const NAME: usize = 36
const BYTES: usize = 40
/** What a slot has of a record: where it lies, by eight bytes, + 1. Above it stand the highest bits of the hash. */
const PLACE: u32 = 0x003f_ffff
const TAG: u32 = 22
/** Bytes of what is known of a question, of an answer that is remembered, and of a rule. */
const QUESTION: usize = 32
const ANSWER: usize = 32
const RULES: usize = 32
/** Answers, and rules with a client, that are remembered. */
const ANSWERS: u32 = 16_384
const PAIRS: u32 = 16_384
const DECIDING: u32 = 7

// The layout: columns, those that are read, those in which texts are looked for, those of the context.
let columns: u32 = 0
let delimiter: u8 = 0
let quoted: bool = false
let reads: u32 = 0
/** Columns of which every value must be known; the others are read where a question is left. */
let eager: u32 = 0
let readAt: usize = 0
let texts: u32 = 0
/** The first of these in which texts are looked for that may stand anywhere in a row. */
let anywhere: u32 = 0
let textAt: usize = 0
let contextColumns: u32 = 0
let contextAt: usize = 0
let dayColumn: u32 = 0
let clockColumn: u32 = 0
let stamped: bool = false
let clientRead: u32 = NONE
/** Columns by whose values requests are counted: their places among those that are read. */
let traitAt: usize = 0
let traits: u32 = 0
const TRAITS: u32 = 4
/** Columns of the status and of the bytes of an answer, -1 where there are none. */
let statusColumn: i32 = -1
let sentColumn: i32 = -1
// The row at hand: from and to of each column, number of each value that is read. Of each column how many follow, from it on, whose
// places nobody needs.
let places: usize = 0
let skipAt: usize = 0
let numbers: usize = 0
// Values: slots of the table, which grows with them, and their records.
let slots: usize = 0
let slotMask: u32 = 0
let valueLimit: u32 = 0
let valueCount: u32 = 0
let arena: usize = 0
let arenaStart: usize = 0
let arenaLimit: usize = 0
// Questions of rules, a bit each; those that need no text come first. Sets of bits, as values share them.
let words: u32 = 0
let openWords: u32 = 0
let open: usize = 0
let masks: usize = 0
// Of each question its groups, rule, a stamp of row and groups met, columns that are read for it where it is left, columns that
// decide it (-1: more than these), whether its texts count only as the row is written, and what was found out of the row that is
// held.
let questions: usize = 0
let serial: u32 = 0
/** Where the row behind the one at hand begins. */
let behindRow: u32 = 0
/** What is known of any value of the row at hand. */
let known: u8 = 0
let candidates: usize = 0
let candidateCount: u32 = 0
// Answers by question and values; rules whose hits are only counted, by rule and client.
let answers: usize = 0
let answerCount: u32 = 0
let pairs: usize = 0
let pairCount: u32 = 0
// Of each rule whether its hits are only counted, a stamp, rows, least and greatest time.
let rules: usize = 0
let matches: usize = 0
let matchCount: u32 = 0
let counted: usize = 0
let countedCount: u32 = 0
/** Where the tables of texts lie: of those in columns, in new values, and anywhere in a row. */
let tables: usize = 0
const TABLES: usize = 48
const OF_COLUMNS: u32 = 0
const OF_NEW: u32 = 1
const ANYWHERE: u32 = 2
// Texts: marked slots of their grams, where each gram stands in them (gram, list, characters around it), and the same for
// short ones.
let grams: usize = 0
let stride: u32 = 0
let gramBits: u32 = 0
/** Bytes of the longest text. */
let longest: usize = 0
let gramSlots: usize = 0
let gramMask: u32 = 0
let shorts: usize = 0
let hasShorts: bool = false
let shortSlots: usize = 0
/** Texts that count only at the end of a value, by their last character. */
let endSlots: usize = 0
let scratch: usize = 0
/** Places of one block of a value in which a text may stand. */
let found: usize = 0
const BLOCK: usize = 512
/** Every search has a number of its own: a text that was met bears it, so that it is taken once. */
let searches: u64 = 0
// Contexts: their numbers; the one of the run that is open.
let contexts: usize = 0
let contextCount: u32 = 0
let context: u32 = NONE
let counting: usize = 0
let hosts: usize = 0
// Of each its order and its latest run (the number behind it, 0 for none).
let orders: usize = 0
let latestRuns: usize = 0
// What values tell, of each of eight tracks: which, the host, least and greatest time of the rows.
let told: usize = 0
let tellingRead: u32 = NONE
/** A column that is searched with the next for texts that reach over their border; -1 for none. */
let border: i32 = -1
/** Bytes of the longest of these. */
let reach: usize = 0
/** A bit for each pair of characters that such a text has on both sides of the border. */
let borderPairs: usize = 0
const TRACKS: usize = 8
// Requests of mobile devices (parsers/exchange/active-sync.ts): columns of the address and of the user, and a value made of the row.
let deviceQuery: i32 = -1
let deviceUser: u32 = 0
let deviceValue: usize = 0
/** Does the request fetch content? Of devices such rows are counted apart, where statuses are counted of others. */
let deviceFetches: bool = false
const CONTENT: usize = 24
const NO_CONTENT: usize = 32
const LONGEST_USER: u32 = 128
const LONGEST_PART: u32 = 64
/** IIS cuts a header of its length (lib/ip.ts); `>...` instead of the address that it ends with. */
const CUT_HEADER: u32 = 4_000
const THREE_DOTS: u32 = 0x2e2e2e3e
// Logons (parsers/exchange/logons.ts): columns of user, client, X-Forwarded-For, program, method and reason (-1 for none), and a value
// made of the row.
let logonUser: i32 = -1
let logonClient: u32 = 0
let logonForwarded: i32 = -1
let logonAgent: i32 = -1
let logonMethod: i32 = -1
let logonReason: i32 = -1
let logonValue: usize = 0
// Logons that were served, by the value of the client and what the row has of the user. There are tens of thousands of them, so
// that all a row needs of one lies in one line of the processor's cache: client, length of the user and kind, first and last eight
// bytes of the user, the logon, its account; and rows, first and last time since that account was opened. Each has four places, one
// behind the other.
let knownLogons: usize = 0
const LOGONS: u32 = 32_768
const KNOWN_LOGON: usize = 64
const LOGON_PLACES: usize = 4
/** Of the account of a logon: its place among the known ones, 0 where it has none. */
const LOGON_PLACE: usize = 40
/** Does any of them hold a logon? */
let areLogonsKnown: bool = false
/** Where the logon of the row at hand stands among them; 0 where it does not. */
let knownLogon: usize = 0
const LONGEST_AGENT: u32 = 192
/** The password was right: it must be changed, or has expired. */
const MUST_CHANGE: i64 = 1907
const EXPIRED: i64 = 1330
/** In small letters `deviceid` and `cmd=`: names in an address may be written in any case. */
const DEVICE_ID: u64 = 0x6469_6563_6976_6564
const COMMAND: u32 = 0x3d64_6d63
// Runs that were counted, and the accounts of values.
let runs: usize = 0
let runLimit: u32 = 0
let runCount: u32 = 0
/** The run of the row before, the order of its context, and the first run since that order holds. */
let run: usize = 0
let runOrder: u32 = NONE
let orderFrom: u32 = 0
let accounts: usize = 0
let accountValues: usize = 0
/** Where the first row of each begins, its line since the call, its client, and its length. */
let accountFirsts: usize = 0
/** The name that the value of each has elsewhere. */
let accountNames: usize = 0
let accountLimit: u32 = 0
let accountCount: u32 = 0
/** Accounts hold for one turn: that of a value bears its number. */
let accountTurn: u32 = 1
/** The day of all rows of the accounts, where logons are counted (since 1970): of each day they are told apart. */
export let accountDay: i32 = 0
const TURNS: u32 = 0x0001_0000
/** Instead of the value of a client: there are several; none is named. */
const SEVERAL: u32 = 1
const NOBODY: u32 = 2
// Rows by the values that they have in some columns together, hour by hour: see groupOf.
let groupColumns: u32 = 0
let groupReadAt: usize = 0
let groupSize: i32 = -1
let isGrouping: bool = false
let groupSlots: usize = 0
let groups: usize = 0
let groupCount: u32 = 0
let groupRows: usize = 0
let groupRowCount: u32 = 0
/** What stands in the record of a group for its latest rows holds since these were taken last. */
let groupTurn: u32 = 1
const GROUPS: u32 = 16_384
const GROUP_SLOTS: u32 = 32_768
const GROUP_COLUMNS: u32 = 8
let runHour: i64 = 0
/** The day of the row that a rule matched last (since 1970): hits that are only counted are so on one day. */
export let matchDay: i32 = i32.MIN_VALUE
let lastDay: u64 = 0
let lastDayRest: u32 = 0
let midnight: i64 = 0
let marked: u32 = NONE
/** What was found out of the row that is held bears this number. */
let held: u32 = 0
let isHeldRow: bool = false

// Where it stopped.
export let at: u32 = 0
export let lines: u32 = 0
export let column: u32 = 0
export let value: u32 = 0
export let question: u32 = 0
export let time: f64 = 0
/** The time of the row that was counted last. */
export let latestTime: f64 = 0

// @ts-ignore: decorator
@inline
function aligned(place: usize): usize {
  return (place + 15) & ~15
}

/** Up to here memory is taken by tables. */
let laidOut: usize = 0

/** Where a table of so many bytes begins, behind those that are there. */
function tableOf(bytes: usize): usize {
  const place = laidOut
  laidOut = aligned(place + bytes)
  return place
}

/** The same for a table whose parts of 64 bytes each lie in one line of the processor's cache. */
function tableOfLines(bytes: usize): usize {
  laidOut = (laidOut + 63) & ~63
  return tableOf(bytes)
}

/** Lays out the tables from `base` on; returns where they end. The lists of columns are written by the caller afterwards. */
export function layOut(
  base: usize,
  columnCount: u32,
  readCount: u32,
  eagerCount: u32,
  textCount: u32,
  anywhereFrom: u32,
  contextCountOf: u32,
  questionCount: u32,
  openWordCount: u32,
  ruleCount: u32,
  valueBits: u32,
  maskLimit: u32,
  runsAtMost: u32,
): u32 {
  columns = columnCount
  reads = readCount
  eager = eagerCount
  texts = textCount
  anywhere = anywhereFrom
  contextColumns = contextCountOf
  words = (questionCount + 31) >>> 5
  if (words == 0) words = 1
  openWords = openWordCount
  valueLimit = 1 << valueBits
  runLimit = runsAtMost
  accountLimit = 65_536
  laidOut = aligned(base)
  // Of each column that is read its place; of the value at hand its hash, first and last bytes, and the record in its slot; and the
  // value that was found there last.
  readAt = tableOf(reads << 5)
  // Of each range of columns that is searched for texts the first and the last, whether texts of other letters are looked for,
  // and items that were found elsewhere; then the same of the border.
  textAt = tableOf((texts + 1) << 4)
  contextAt = tableOf(contextColumns << 2)
  places = tableOf(columns << 3)
  skipAt = tableOf(columns)
  numbers = tableOf(reads << 2)
  open = tableOf(words << 2)
  questions = tableOf(<usize>questionCount * QUESTION)
  candidates = tableOf(questionCount << 2)
  rules = tableOf(<usize>ruleCount * RULES)
  matches = tableOf(ruleCount << 2)
  counted = tableOf(ruleCount << 2)
  slots = tableOf(<usize>valueLimit << 3)
  masks = tableOf(maskLimit * (words << 2))
  answers = tableOf(<usize>ANSWERS * ANSWER)
  pairs = tableOf(<usize>PAIRS << 3)
  contexts = tableOf(CONTEXTS * (contextColumns << 2))
  found = tableOf((BLOCK << 2) + 64)
  counting = tableOf(CONTEXTS)
  hosts = tableOf(CONTEXTS << 2)
  orders = tableOf(CONTEXTS << 2)
  latestRuns = tableOf(CONTEXTS << 2)
  told = tableOf(TRACKS << 5)
  collected = tableOf(<usize>COLLECTED << 2)
  tables = tableOf(3 * TABLES)
  borderPairs = tableOf(1 << 13)
  runs = tableOf(runLimit * 64)
  accounts = tableOfLines(<usize>accountLimit << 6)
  accountValues = tableOf(<usize>accountLimit << 2)
  accountFirsts = tableOf(<usize>accountLimit << 4)
  accountNames = tableOf(<usize>accountLimit << 2)
  traitAt = tableOf(<usize>TRAITS << 2)
  deviceQuery = -1
  deviceValue = tableOf(LONGEST_USER + LONGEST_PART + 64)
  logonUser = -1
  logonValue = tableOf(LONGEST_USER + 2 * LONGEST_PART + LONGEST_AGENT + 64)
  knownLogons = tableOfLines((<usize>LOGONS + LOGON_PLACES) * KNOWN_LOGON)
  return <u32>laidOut
}

/**
 * Lays out the tables for rows that are counted by the values of some columns together (places among those that are read, 8 at
 * most, written by the caller), and by the number in one more; returns where they end.
 */
export function layOutGroups(columnCount: u32, size: i32): u32 {
  groupColumns = columnCount
  groupSize = size
  groupReadAt = tableOf(GROUP_COLUMNS << 2)
  groupSlots = tableOf(<usize>GROUP_SLOTS << 2)
  groups = tableOf(<usize>GROUPS << 6)
  groupRows = tableOf(<usize>GROUPS << 5)
  return <u32>laidOut
}

export function groupReadTable(): u32 {
  return <u32>groupReadAt
}
export function groupTable(): u32 {
  return <u32>groups
}
export function groupRowTable(): u32 {
  return <u32>groupRows
}
export function countOfGroupRows(): u32 {
  return groupRowCount
}

/** Are rows counted by their groups from now on? */
export function setGrouping(is: bool): void {
  isGrouping = is
}

/** What was counted by groups has been taken. True where the groups were forgotten as well: there is no room for more. */
export function clearGroupRows(): bool {
  groupRowCount = 0
  groupTurn++
  if (groupCount < GROUPS) return false
  forgetGroups()
  return true
}

function forgetGroups(): void {
  if (groupCount > 0) memory.fill(groupSlots, 0, <usize>GROUP_SLOTS << 2)
  groupCount = 0
  groupRowCount = 0
  groupTurn++
}

export function readTable(): u32 {
  return <u32>readAt
}
export function textTable(): u32 {
  return <u32>textAt
}
export function contextTable(): u32 {
  return <u32>contextAt
}
export function openTable(): u32 {
  return <u32>open
}
export function questionTable(): u32 {
  return <u32>questions
}
export function maskTable(): u32 {
  return <u32>masks
}
export function ruleTable(): u32 {
  return <u32>rules
}
export function countedTable(): u32 {
  return <u32>counted
}
export function runTable(): u32 {
  return <u32>runs
}
export function accountTable(): u32 {
  return <u32>accounts
}
export function accountFirstList(): u32 {
  return <u32>accountFirsts
}
export function accountNameList(): u32 {
  return <u32>accountNames
}
export function accountList(): u32 {
  return <u32>accountValues
}
export function numberTable(): u32 {
  return <u32>numbers
}
export function skipTable(): u32 {
  return <u32>skipAt
}
export function placeTable(): u32 {
  return <u32>places
}
export function matchTable(): u32 {
  return <u32>matches
}
export function countOfMatches(): u32 {
  return matchCount
}
export function candidateTable(): u32 {
  return <u32>candidates
}
export function countOfCandidates(): u32 {
  return candidateCount
}
export function countOfRuns(): u32 {
  return runCount
}
export function countOfAccounts(): u32 {
  return accountCount
}
export function countOfCounted(): u32 {
  return countedCount
}
/** The context whose row first had a value that bears a mark. */
export function mark(): u32 {
  return marked
}

/** Requests of mobile devices are counted, too: columns of address and user. */
export function setDevices(query: i32, user: u32): void {
  deviceQuery = query
  deviceUser = user
}

/** Logons are counted, too: columns of user, client, X-Forwarded-For, program, method and reason (-1: none). */
export function setLogons(user: i32, client: u32, forwarded: i32, agent: i32, method: i32, reason: i32): void {
  logonUser = user
  logonClient = client
  logonForwarded = forwarded
  logonAgent = agent
  logonMethod = method
  logonReason = reason
}

/** How rows are written, and where the bytes of values may lie. */
export function setForm(
  between: u32,
  mayQuote: bool,
  day: u32,
  clock: u32,
  isStamp: bool,
  client: u32,
  status: i32,
  sent: i32,
  telling: u32,
  across: i32,
  acrossMost: u32,
  from: u32,
  limit: u32,
): void {
  delimiter = <u8>between
  quoted = mayQuote
  dayColumn = day
  clockColumn = clock
  stamped = isStamp
  clientRead = client
  statusColumn = status
  sentColumn = sent
  tellingRead = telling
  border = across
  reach = acrossMost
  arenaStart = (from + 7) & ~7
  arenaLimit = limit
}

/**
 * Where the tables of texts lie: of those that are looked for in rows, or in new values. `bits`: of a slot of marks; `apart`: how many bytes lie between two looks, 0 when there are
 * none but short texts; `most`: bytes of the longest text.
 */
export function setTexts(
  which: u32,
  marks: u32,
  bits: u32,
  apart: u32,
  most: u32,
  table: u32,
  mask: u32,
  shortMarks: u32,
  shortTable: u32,
  endTable: u32,
  room: u32,
): void {
  const to = tables + <usize>which * TABLES
  store<u32>(to, marks)
  store<u32>(to, (1 << bits) - 1, 4)
  store<u32>(to, apart, 8)
  store<u32>(to, most, 12)
  store<u32>(to, table, 16)
  store<u32>(to, mask, 20)
  store<u32>(to, shortMarks, 24)
  store<u32>(to, shortTable, 28)
  store<u32>(to, endTable, 32)
  store<u32>(to, room, 36)
  searches = 0
  useTexts(OF_COLUMNS)
}

/** From now on these texts are looked for. */
function useTexts(which: u32): void {
  const from = tables + <usize>which * TABLES
  grams = load<u32>(from)
  gramBits = load<u32>(from, 4)
  stride = load<u32>(from, 8)
  longest = load<u32>(from, 12)
  gramSlots = load<u32>(from, 16)
  gramMask = load<u32>(from, 20)
  shorts = load<u32>(from, 24)
  hasShorts = shorts != 0
  shortSlots = load<u32>(from, 28)
  endSlots = load<u32>(from, 32)
  scratch = load<u32>(from, 36)
}

/** Forgets all values, and what was found out by their numbers. */
export function forget(): void {
  slotMask = FIRST_SLOTS - 1
  memory.fill(slots, 0, <usize>FIRST_SLOTS << 2)
  valueCount = 0
  arena = arenaStart
  for (let r: u32 = 0; r < reads; r++) store<u32>(readAt + (<usize>r << 5), 0, LATEST)
  forgetAnswers()
  forgetLogons()
  forgetFile()
}

function forgetLogons(): void {
  if (areLogonsKnown) memory.fill(knownLogons, 0, (<usize>LOGONS + LOGON_PLACES) * KNOWN_LOGON)
  areLogonsKnown = false
}

function forgetAnswers(): void {
  memory.fill(answers, 0, <usize>ANSWERS * ANSWER)
  answerCount = 0
}

/** Forgets contexts, and which rules are only counted: a new file, or numbers that mean nothing any more. */
export function forgetFile(): void {
  contextCount = 0
  context = NONE
  marked = NONE
  setClientsOpen()
  forgetGroups()
}

/** What is known of a value from now on: its set of bits, the place of its items or 0, what it tells or 0. */
export function judge(number: u32, known: u32, mask: u32, items: u32, tells: u32): void {
  store<u32>(number, mask, MASK)
  store<u32>(number, items, ITEMS)
  store<u8>(number, <u8>known, KNOWN)
  store<u16>(number, <u16>tells, TELLING)
}

/** What was found out of the row that is held: is a question answered with yes? */
export function answerHeld(number: u32, yes: bool): void {
  store<u32>(questions + <usize>number * QUESTION, (held << 1) | (yes ? 1 : 0), 28)
}

/** The items of the texts that stand in a column of the row that is held. */
export function foundHeld(text: u32, items: u32): void {
  const place = textAt + (<usize>text << 4)
  store<u32>(place, held, 8)
  store<u32>(place, items, 12)
}

/**
 * The answer to a question, wherever the row has the values that the row at hand has in the columns that decide it; `compared`:
 * in those of them that are compared with one another, whether that leaves it open.
 */
export function answer(number: u32, yes: bool, compared: bool): void {
  if (answerCount > ANSWERS / 2) forgetAnswers()
  const columnsOf = decidingOf(number, compared)
  const place = answerOf(number, columnsOf)
  store<u32>(place, ((number + 1) << 1) | (yes ? 1 : 0))
  for (let i: u32 = 0; i < DECIDING; i++) store<u32>(place + 4 + (<usize>i << 2), deciding(columnsOf, i))
  answerCount++
}

/** From now on hits of a rule are only counted: of a client (its value) or, with NONE, of all. */
export function setFull(rule: u32, client: u32): void {
  if (client == NONE) {
    store<u32>(rules + <usize>rule * RULES, 1)
    return
  }
  if (pairCount > PAIRS / 2) setClientsOpen()
  store<u64>(pairOf(rule, client), ((<u64>rule + 1) << 32) | client)
  pairCount++
}

/** A rule is to be asked about again: a new file, or another day. */
export function setOpen(rule: u32): void {
  store<u32>(rules + <usize>rule * RULES, 0)
}

/** Rules are to be asked about again for every client. */
export function setClientsOpen(): void {
  if (pairCount == 0) return
  memory.fill(pairs, 0, <usize>PAIRS << 3)
  pairCount = 0
}

/**
 * Takes the numbers of the row at hand as those of a context (64 at most) of a host, whose requests are counted (1, 3 in a log
 * of HttpProxy) or not (0). Rows of contexts of one order may take turns within a run.
 */
export function addContext(counts: u32, host: u32, order: u32): void {
  const to = contexts + <usize>contextCount * ((<usize>contextColumns) << 2)
  for (let i: u32 = 0; i < contextColumns; i++) {
    const read = load<u32>(contextAt + ((<usize>i) << 2))
    store<u32>(to + ((<usize>i) << 2), load<u32>(numbers + ((<usize>read) << 2)))
  }
  store<u8>(counting + contextCount, <u8>counts)
  store<u32>(hosts + (<usize>contextCount << 2), host)
  store<u32>(orders + (<usize>contextCount << 2), order)
  store<u32>(latestRuns + (<usize>contextCount << 2), 0)
  contextCount++
}

/** Requests are counted by the values of one column more: its place among those that are read. */
export function addTrait(read: u32): void {
  store<u32>(traitAt + (<usize>traits << 2), read)
  traits++
}

/** What was counted by values has been taken. */
export function clearAccounts(): void {
  accountCount = 0
  accountTurn++
  if (accountTurn < TURNS) return
  accountTurn = 1
  forgetLogons()
  for (let record = arenaStart; record < arena; record = next(record)) store<u32>(record, 0, ACCOUNT)
}

/** What was counted has been taken. */
export function taken(): void {
  for (let i: u32 = 0; i < countedCount; i++)
    store<u32>(rules + <usize>load<u32>(counted + (<usize>i << 2)) * RULES, 0, 8)
  runCount = 0
  countedCount = 0
  context = NONE
  runOrder = NONE
  memory.fill(latestRuns, 0, <usize>CONTEXTS << 2)
  memory.fill(told, 0, TRACKS << 5)
}

/** From now on this is what values of its track tell, of a host. */
export function setTold(tells: u32, host: u32): void {
  const track = told + (<usize>(tells & 7) << 5)
  store<u32>(track, tells)
  store<u32>(track, host, 4)
  store<f64>(track, Infinity, 8)
  store<f64>(track, -Infinity, 16)
}

export function borderTable(): u32 {
  return <u32>borderPairs
}

export function toldTable(): u32 {
  return <u32>told
}

// ---------------------------------------------------------------- values

/** Is the record that of a value of that column, length and bytes? The first and the last eight are compared first. */
// @ts-ignore: decorator
@inline
function isValue(record: usize, key: u32, head: u64, tail: u64, from: usize): bool {
  if (load<u32>(record, KEY) != key || load<u64>(record, BYTES) != head || load<u64>(record, TAIL) != tail) return false
  const length = key & 0xffff
  return length <= 16 || isSame(record + BYTES + 8, from + 8, length - 16)
}

/** The eight bytes before and behind are known to be the same: they are compared again where that is simpler. */
function isSame(a: usize, b: usize, length: u32): bool {
  const last: usize = <usize>length - 8
  for (let i: usize = 0; i + 8 < <usize>length; i += 16)
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)))
}

// @ts-ignore: decorator
@inline
function hashOf(from: usize, key: u32, head: u64, tail: u64): u32 {
  let hash = (head ^ (<u64>key * 0x9e3779b97f4a7c15)) * 0xc2b2ae3d27d4eb4f
  hash = (hash ^ (hash >>> 32) ^ tail) * 0x165667b19e3779f9
  const length = key & 0xffff
  if (length > 16) hash = hashInside(from, length, hash)
  return <u32>(hash >>> 32)
}

function hashInside(from: usize, length: u32, seed: u64): u64 {
  let even = seed
  let odd: u64 = 0x9e3779b97f4a7c15
  let i: u32 = 8
  for (; i + 16 <= length - 8; i += 16) {
    even = (even ^ load<u64>(from + i)) * 0xc2b2ae3d27d4eb4f
    odd = (odd ^ load<u64>(from + i, 8)) * 0x165667b19e3779f9
    even ^= even >>> 29
    odd ^= odd >>> 31
  }
  // Up to eight bytes twice: the last eight are behind them.
  for (; i < length - 8; i += 8) {
    even = (even ^ load<u64>(from + i)) * 0xc2b2ae3d27d4eb4f
    even ^= even >>> 29
  }
  return (even ^ odd) * 0x9e3779b97f4a7c15
}

// @ts-ignore: decorator
@inline
function entryOf(record: usize, hash: u32): u32 {
  return ((hash >>> TAG) << TAG) | (<u32>((record - arenaStart) >>> 3) + 1)
}

// @ts-ignore: decorator
@inline
function recordOf(entry: u32): usize {
  return arenaStart + (<usize>((entry & PLACE) - 1) << 3)
}

/** The number of a value; NONE when there is no room for it. */
function find(from: usize, key: u32, head: u64, tail: u64, hash: u32): u32 {
  let slot = hash & slotMask
  while (true) {
    const entry = load<u32>(slots + (<usize>slot << 2))
    if (entry == 0) break
    if (entry >>> TAG == hash >>> TAG && isValue(recordOf(entry), key, head, tail, from)) return <u32>recordOf(entry)
    slot = (slot + 1) & slotMask
  }
  const length = key & 0xffff
  if (valueCount == valueLimit || arena + BYTES + length + 96 > arenaLimit) return NONE
  const record = arena
  arena = behind(arena, length)
  store<u32>(record, hash, HASH_AT)
  store<u32>(record, key, KEY)
  store<u64>(record, tail, TAIL)
  store<u32>(record, 0, ACCOUNT)
  store<u8>(record, 0, KNOWN)
  store<u32>(record, 0, NAME)
  store<u64>(record, head, BYTES)
  if (length > 8) memory.copy(record + BYTES + 8, from + 8, length - 8)
  valueCount++
  store<u32>(slots + (<usize>slot << 2), entryOf(record, hash))
  // With all values there are, half of the slots are taken: no table of more would have room.
  if (valueCount << 1 > slotMask && slotMask + 1 < valueLimit << 1) grow()
  return <u32>record
}

/** Twice the slots. */
function grow(): void {
  slotMask = (slotMask << 1) | 1
  memory.fill(slots, 0, (<usize>slotMask + 1) << 2)
  for (let record = arenaStart; record < arena; record = next(record)) {
    const hash = load<u32>(record, HASH_AT)
    let slot = hash & slotMask
    while (load<u32>(slots + (<usize>slot << 2)) != 0) slot = (slot + 1) & slotMask
    store<u32>(slots + (<usize>slot << 2), entryOf(record, hash))
  }
}

/** Where the record behind this one begins. */
function next(record: usize): usize {
  return behind(record, load<u32>(record, KEY) & 0xffff)
}

/** Where the next record begins: what is known of a value lies in one line of the processor's cache. */
// @ts-ignore: decorator
@inline
function behind(record: usize, length: u32): usize {
  const free = (record + BYTES + length + 15) & ~7
  return (free & 63) + BYTES > 64 ? (free + 63) & ~63 : free
}

// ---------------------------------------------------------------- texts

/** Items are written down for somebody instead of being added to the row at hand. */
let isCollecting: bool = false
let collected: usize = 0
let collectedCount: u32 = 0
const COLLECTED: u32 = 4_096

/**
 * Writes down the items of the texts that stand in a value of the row at hand, as those of a column; returns how many, or NONE where they must
 * be found elsewhere.
 */
export function collect(number: u32, c: u32, isOdd: bool): u32 {
  isCollecting = true
  collectedCount = 0
  useTexts(OF_NEW)
  const from = <usize>number + BYTES
  const isDone = searchAs(from, from + (load<u32>(number, KEY) & 0xffff), c, isOdd)
  useTexts(OF_COLUMNS)
  isCollecting = false
  return isDone && collectedCount <= COLLECTED ? collectedCount : NONE
}

export function collectedTable(): u32 {
  return <u32>collected
}

/** Adds the items of a list (how many, then each): a question all of whose groups were met becomes a candidate. */
function addItems(list: usize): void {
  const count = load<u32>(list)
  if (isCollecting) {
    if (collectedCount + count <= COLLECTED) memory.copy(collected + (<usize>collectedCount << 2), list + 4, <usize>count << 2)
    collectedCount += count
    return
  }
  for (let i: u32 = 1; i <= count; i++) {
    const item = load<u32>(list + (<usize>i << 2))
    if ((item & SURE) != 0) {
      addMatch(item & ~SURE)
      continue
    }
    const place = questions + <usize>(item >>> 3) * QUESTION
    let met = load<u32>(place, 8)
    if (met >>> 8 != serial) met = serial << 8
    const full = load<u32>(place)
    const before = met & full
    met |= 1 << (item & 7)
    store<u32>(place, met, 8)
    if (before != full && (met & full) == full) {
      store<u32>(candidates + (<usize>candidateCount << 2), item >>> 3)
      candidateCount++
    }
  }
}

/** A rule that the row matches for certain. */
function addMatch(rule: u32): void {
  const place = rules + <usize>rule * RULES
  if (load<u32>(place, 4) == serial) return
  store<u32>(place, serial, 4)
  store<u32>(matches + (<usize>matchCount << 2), rule)
  matchCount++
}

/**
 * Finds the texts that stand in a value, as it is written or with its escapes undone, in any case of letters; false where
 * they must be found elsewhere.
 */
function search(from: usize, to: usize, text: usize): bool {
  return searchAs(from, to, <u32>load<u16>(text), load<u32>(text, 4) != 0)
}

function searchAs(from: usize, to: usize, c: u32, isOdd: bool): bool {
  if (to == from) return true
  if (isOdd && isWide && hasWide(from, to)) return false
  searches++
  searchIn(from, to, from, to, c)
  lookAtEnd(from, to, c)
  const first = escape(from, to)
  return first == to || searchUndone(from, first, to, c, isOdd)
}

/** The same for texts that reach over the border of two columns: few rows have such characters on both sides of it. */
function searchBorder(text: usize): bool {
  const left = places + (<usize>border << 3)
  if (isWide && load<u32>(text, 4) != 0 && hasWide(<usize>load<u32>(left), <usize>load<u32>(left, 12))) return false
  const ends = <usize>load<u32>(left, 4)
  const begins = <usize>load<u32>(left, 8)
  const pair = <u32>load<u8>(ends - 1) | ((<u32>load<u8>(begins)) << 8) | 0x2020
  const isPair = (<u32>load<u8>(borderPairs + (pair >>> 3)) >>> (pair & 7)) & 1
  if (isPair == 0 && load<u8>(begins) != PERCENT && load<u8>(ends - 3) != PERCENT) return true
  // An escape has three bytes for one.
  const first = <usize>load<u32>(left)
  const from = ends - first > 3 * reach ? ends - 3 * reach : first
  const to = min(<usize>load<u32>(left, 12), begins + 3 * reach)
  return search(from, to, text)
}

/** Where the next escape begins. */
function escape(from: usize, to: usize): usize {
  const P = i8x16.splat(37)
  for (let i = from; i < to; i += 16) {
    const found: u32 = <u32>i8x16.bitmask(i8x16.eq(v128.load(i), P))
    if (found != 0) return min(i + ctz(found), to)
  }
  return to
}

/** The same with escapes undone (`%41`): only what reaches over one of them was not searched yet. */
function searchUndone(from: usize, first: usize, to: usize, c: u32, isOdd: bool): bool {
  let out = scratch
  let last = scratch
  let i = first - from > longest ? first - longest : from
  let next = first
  let begins: usize = 0
  while (true) {
    memory.copy(out, i, next - i)
    out += next - i
    if (next == to) break
    i = next
    let byte: u32 = PERCENT
    if (i + 2 < to) {
      const high = hexDigit(load<u8>(i, 1))
      const low = hexDigit(load<u8>(i, 2))
      if (high >= 0 && low >= 0) {
        byte = <u32>((high << 4) | low)
        i += 2
        if (byte >= 0x80) {
          // Two letters that are not ASCII have a small form that is: U+212A (e2 84 aa) and U+0130 (c4 b0).
          if (isOdd) return false
          if (byte == 0xb0 && load<u8>(out - 1) == 0xc4) return false
          if (byte == 0xaa && load<u8>(out - 1) == 0x84 && load<u8>(out - 2) == 0xe2) return false
        }
        if (begins == 0) begins = out
        last = out + 1
      }
    }
    store<u8>(out, <u8>byte)
    out++
    i++
    next = escape(i, to)
  }
  if (begins == 0) return true
  const low = begins - scratch > longest ? begins - longest : scratch
  searchIn(low, min(last + longest, out), scratch, out, c)
  lookAtEnd(scratch, out, c)
  return true
}

// Of each text as many grams are marked as `stride` says, one behind the other: of them one is met however the text lies.
// Looks from `low` to `high` for texts that lie within the value. What may be one is written down first and compared then:
// a loop without calls keeps its numbers in registers.
function searchIn(low: usize, high: usize, from: usize, to: usize, c: u32): void {
  if (stride != 0) {
    for (let i = low; i + 4 <= high; i += BLOCK) {
      const end = stride == 4 ? lookByFour(i, high) : lookByTwo(i, high)
      for (let place = found; place < end; place += 4) met(<usize>load<u32>(place), from, to, c)
    }
  }
  if (!hasShorts) return
  for (let i = low; i + 2 <= high; i += BLOCK) {
    const end = lookForShorts(i, high)
    for (let place = found; place < end; place += 4) {
      const at = <usize>load<u32>(place)
      const list = load<u32>(shortSlots + (<usize>(<u32>load<u16>(at) | 0x2020) << 2))
      if (list != 0) compare(<usize>list, at, from, to, c)
    }
  }
}

// @ts-ignore: decorator
@inline
function slotOf(gram: u32): usize {
  return <usize>(((gram * 0x9e3779b1) >>> 12) & gramBits)
}

/** Writes down the places of marked grams, every other byte, of one block; returns where the list ends. */
function lookByTwo(from: usize, high: usize): usize {
  const table = grams
  let out = found
  let i = from
  const stop = min(from + BLOCK, high - 3)
  const even = min(from + BLOCK, high > 9 ? high - 9 : 0)
  for (; i < even; i += 8) {
    const bytes = load<u64>(i) | 0x2020202020202020
    const behind = load<u32>(i, 6) | 0x20202020
    const a = load<u8>(table + slotOf(<u32>bytes))
    const b = load<u8>(table + slotOf(<u32>(bytes >>> 16)))
    const c = load<u8>(table + slotOf(<u32>(bytes >>> 32)))
    const d = load<u8>(table + slotOf(behind))
    if ((a | b | c | d) == 0) continue
    store<u32>(out, <u32>i)
    out += <usize>a << 2
    store<u32>(out, <u32>i + 2)
    out += <usize>b << 2
    store<u32>(out, <u32>i + 4)
    out += <usize>c << 2
    store<u32>(out, <u32>i + 6)
    out += <usize>d << 2
  }
  for (; i < stop; i += 2) {
    store<u32>(out, <u32>i)
    out += <usize>load<u8>(table + slotOf(load<u32>(i) | 0x20202020)) << 2
  }
  return out
}

/** The same, every fourth byte. */
function lookByFour(from: usize, high: usize): usize {
  const table = grams
  let out = found
  const stop = min(from + BLOCK, high - 3)
  for (let i = from; i < stop; i += 4) {
    store<u32>(out, <u32>i)
    out += <usize>load<u8>(table + slotOf(load<u32>(i) | 0x20202020)) << 2
  }
  return out
}

/** The upper half of each byte. Bits of its neighbor come in above it and are cut off: there is no shift of single bytes. */
// @ts-ignore: decorator
@inline
function upper(bytes: v128, half: v128): v128 {
  return v128.and(i16x8.shr_u(bytes, 4), half)
}

/**
 * Looks for short texts in 16 places at a time. They are in eight groups: of each half of a byte a table tells in which
 * groups it stands at the first, the second and the third place of a text ("Teddy", as Hyperscan has it). What may be one
 * is looked up by its first two characters.
 */
function lookForShorts(from: usize, high: usize): usize {
  const small = i8x16.splat(0x20)
  const half = i8x16.splat(0x0f)
  const low1 = v128.load(shorts)
  const high1 = v128.load(shorts, 16)
  const low2 = v128.load(shorts, 32)
  const high2 = v128.load(shorts, 48)
  const low3 = v128.load(shorts, 64)
  const high3 = v128.load(shorts, 80)
  let out = found
  const stop = min(from + BLOCK, high - 1)
  for (let i = from; i < stop; i += 16) {
    const one = v128.or(v128.load(i), small)
    const two = v128.or(v128.load(i, 1), small)
    const three = v128.or(v128.load(i, 2), small)
    const groups = v128.and(
      v128.and(
        v128.and(i8x16.relaxed_swizzle(low1, v128.and(one, half)), i8x16.relaxed_swizzle(high1, upper(one, half))),
        v128.and(i8x16.relaxed_swizzle(low2, v128.and(two, half)), i8x16.relaxed_swizzle(high2, upper(two, half))),
      ),
      v128.and(i8x16.relaxed_swizzle(low3, v128.and(three, half)), i8x16.relaxed_swizzle(high3, upper(three, half))),
    )
    if (!v128.any_true(groups)) continue
    let places: u32 = ~(<u32>i8x16.bitmask(i8x16.eq(groups, i8x16.splat(0)))) & 0xffff
    const left = high - 1 - i
    if (left < 16) places &= (1 << (<u32>left)) - 1
    while (places != 0) {
      store<u32>(out, <u32>i + ctz(places))
      out += 4
      places &= places - 1
    }
  }
  return out
}

/** A gram that may be one of a text. */
function met(place: usize, from: usize, to: usize, c: u32): void {
  const gram = load<u32>(place) | 0x20202020
  let slot = ((gram * 0x9e3779b1) >>> 8) & gramMask
  while (true) {
    const entry = gramSlots + (<usize>slot << 4)
    const list = load<u32>(entry, 4)
    if (list == 0) return
    if (load<u32>(entry) == gram) {
      // Of the characters before and behind the gram in its texts a bit each.
      const before = load<u32>(entry, 8) >>> (<u32>load<u8>(place - 1) & 31)
      const after = load<u32>(entry, 12) >>> (<u32>load<u8>(place, 4) & 31)
      if ((before & after & 1) != 0) compare(<usize>list, place, from, to, c)
      return
    }
    slot = (slot + 1) & gramMask
  }
}

function lookAtEnd(from: usize, to: usize, c: u32): void {
  if (endSlots == 0 || from == to) return
  const list = load<u32>(endSlots + (<usize>(load<u8>(to - 1) | 0x20) << 2))
  if (list != 0) compare(<usize>list, to - 1, from, to, c)
}

/** Compares the texts in which a gram stands: of each how far in, the search that met it, how long it is, its columns and its bytes. */
function compare(list: usize, place: usize, from: usize, to: usize, c: u32): void {
  const count = load<u32>(list)
  for (let i: u32 = 0; i < count; i++) {
    const posting = list + 4 + (<usize>i << 3)
    const text = <usize>load<u32>(posting)
    if (load<u64>(text) == searches) continue
    const inside = <usize>load<u32>(posting, 4)
    const length = load<u32>(text, 8)
    if (place - from < inside || place - inside + length > to || !isText(place - inside, text + 16, length)) continue
    store<u64>(text, searches)
    addItems(itemsIn(<usize>load<u32>(text, 12), c))
  }
}

/** The items of a text in one column: a list of columns, each with the place of its items. */
function itemsIn(list: usize, c: u32): usize {
  const count = load<u32>(list)
  for (let i: u32 = 0; i < count; i++) {
    const entry = list + 4 + (<usize>i << 3)
    if (load<u32>(entry) == c) return <usize>load<u32>(entry, 4)
  }
  return list + 4 + (<usize>count << 3)
}

function isText(from: usize, text: usize, length: u32): bool {
  for (let i: usize = 0; i < length; i++) {
    let byte = load<u8>(from + i)
    if (byte >= 65 && byte <= 90) byte |= 0x20
    if (byte != load<u8>(text + i)) return false
  }
  return true
}

function hexDigit(byte: u8): i32 {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 0x20
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

// ---------------------------------------------------------------- rows

/**
 * Finds where each value begins and ends, or those only that the kernel needs; returns where the next row begins, or 0 when this
 * one is not regular.
 */
function split(start: usize, isWhole: bool): usize {
  if (load<u8>(start) == HASH) return 0
  const last = columns - 1
  const D = i8x16.splat(<i8>delimiter)
  const N = i8x16.splat(10)
  let position = start
  let high: u32 = 0
  let c: u32 = 0
  let place = places
  skippedHigh = 0
  // Sixteen bytes at a time: a bit for each delimiter and line end, and whether any byte is no ASCII, be it one of the next row.
  while (true) {
    if (!isWhole && load<u8>(skipAt + c) != 0) {
      const next = skip(position, c)
      position = skipped
      place += <usize>(next - c) << 3
      c = next
    }
    let from = position
    if (quoted && load<u8>(position) == QUOTE) {
      position++
      from = position
      let byte = load<u8>(position)
      while (byte != QUOTE && byte != LF) {
        high |= byte & 0x80
        byte = load<u8>(++position)
      }
      if (byte == LF) return 0
      store<u32>(place, <u32>from)
      store<u32>(place, <u32>position, 4)
      place += 8
      position++
      if (c == last && load<u8>(position) == CR) position++
      byte = load<u8>(position)
      if (byte != delimiter && byte != LF) return 0
      if ((byte == LF) != (c == last)) return 0
      position++
      if (c == last) break
      c++
      continue
    }
    const bytes = v128.load(position)
    let ends: u32 = <u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, D), i8x16.eq(bytes, N)))
    high |= <u32>i8x16.bitmask(bytes)
    if (ends == 0) {
      // The value goes on.
      position += 16
      while (true) {
        const more = v128.load(position)
        ends = <u32>i8x16.bitmask(v128.or(i8x16.eq(more, D), i8x16.eq(more, N)))
        high |= <u32>i8x16.bitmask(more)
        if (ends == 0) {
          position += 16
          continue
        }
        position += ctz(ends)
        break
      }
      store<u32>(place, <u32>from)
      const isEnd = load<u8>(position) == LF
      if (isEnd != (c == last)) return 0
      store<u32>(place, <u32>(isEnd && load<u8>(position - 1) == CR ? position - 1 : position), 4)
      place += 8
      position++
      if (isEnd) break
      c++
      continue
    }
    // Every value that ends within these bytes, up to one that begins with a quote.
    let done: u32 = 0
    let ended = false
    while (ends != 0) {
      const n = ctz(ends)
      const end = position + n
      const isEnd = load<u8>(end) == LF
      if (isEnd != (c == last)) return 0
      store<u32>(place, <u32>from)
      store<u32>(place, <u32>(isEnd && end > from && load<u8>(end - 1) == CR ? end - 1 : end), 4)
      place += 8
      from = end + 1
      done = n + 1
      if (isEnd) {
        ended = true
        break
      }
      c++
      if ((quoted && load<u8>(from) == QUOTE) || (!isWhole && load<u8>(skipAt + c) != 0)) break
      ends &= ends - 1
    }
    position += done
    if (ended) break
  }
  isWide = false
  if ((high | skippedHigh) == 0) return position
  return isUtf8(start, position) ? position : 0
}

/** The row at hand has characters that are no ASCII. */
let isWide: bool = false

/**
 * Is it UTF-8? Two characters count as none, since they have a small form with a letter of ASCII, which texts are compared in:
 * U+212A (e2 84 aa) and U+0130 (c4 b0). A line end ends what is cut off.
 */
function isUtf8(from: usize, to: usize): bool {
  let i = from
  while (i < to) {
    const odd: u32 = <u32>i8x16.bitmask(v128.load(i))
    if (odd == 0) {
      i += 16
      continue
    }
    i += ctz(odd)
    if (i >= to) return true
    isWide = true
    const first = load<u8>(i)
    const second = load<u8>(i, 1)
    const third = load<u8>(i, 2)
    if (first < 0xe0) {
      if (first < 0xc2 || !isMore(second) || (first == 0xc4 && second == 0xb0)) return false
      i += 2
    } else if (first < 0xf0) {
      if (!isMore(second) || !isMore(third)) return false
      if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0)) return false
      if (first == 0xe2 && second == 0x84 && third == 0xaa) return false
      i += 3
    } else {
      if (first > 0xf4 || !isMore(second) || !isMore(third) || !isMore(load<u8>(i, 3))) return false
      if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90)) return false
      i += 4
    }
  }
  return true
}

/** A byte of a character that is not its first. */
// @ts-ignore: decorator
@inline
function isMore(byte: u8): bool {
  return (byte & 0xc0) == 0x80
}

/** Has a text a byte that is no ASCII? */
function hasWide(from: usize, to: usize): bool {
  for (let i = from; i < to; i++) if (load<u8>(i) >= 0x80) return true
  return false
}

/** Where the column begins that comes after those that were skipped. */
let skipped: usize = 0
/** Not zero where a byte of what was skipped, or just behind it, is no ASCII. */
let skippedHigh: u32 = 0

/**
 * Goes over columns whose places nobody needs, and returns which comes then. It stops early at what must be looked at closely:
 * a quote, the end of the row.
 */
function skip(from: usize, c: u32): u32 {
  const D = i8x16.splat(<i8>delimiter)
  const N = i8x16.splat(10)
  const Q = i8x16.splat(34)
  let left: u32 = load<u8>(skipAt + c)
  skipped = from
  let position = from
  while (true) {
    const bytes = v128.load(position)
    let ends: u32 = <u32>i8x16.bitmask(i8x16.eq(bytes, D))
    const odd: u32 = <u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, N), i8x16.eq(bytes, Q)))
    skippedHigh |= <u32>i8x16.bitmask(bytes)
    // Only what ends before such a byte.
    if (odd != 0) ends &= (odd & (0 - odd)) - 1
    const count: u32 = popcnt(ends)
    if (count >= left) {
      for (let i: u32 = 1; i < left; i++) ends &= ends - 1
      skipped = position + <usize>ctz(ends) + 1
      return c + <u32>load<u8>(skipAt + c)
    }
    left -= count
    if (ends != 0) skipped = position + 32 - <usize>clz(ends)
    if (odd != 0) return c + <u32>load<u8>(skipAt + c) - left
    position += 16
  }
}

/**
 * Reads rows from `from` to `end`; at least 64 bytes behind it may be read. `lines` counts on from `before`. `again`: what was
 * found out of the first row since it was held is of this row.
 */
export function take(from: usize, end: usize, before: u32, again: bool): u32 {
  lines = before
  if (!again) held = (held + 1) & 0x7fff_ffff
  isHeldRow = true
  let start = from
  while (start < end) {
    at = <u32>start
    const next = split(start, false)
    if (next == 0 || next - start > LONGEST_ROW) return WHOLE
    serial++
    if (serial == 0x0100_0000) restart()
    candidateCount = 0
    matchCount = 0

    known = 0
    const stopped = readValues(0, eager, NONE)
    if (stopped != END) return stopped
    if ((known & ASKS) != 0) return WHOLE
    let missed = searchRanges(0, anywhere)
    if (missed == NONE && anywhere < texts) {
      useTexts(ANYWHERE)
      missed = searchRanges(anywhere, texts)
      useTexts(OF_COLUMNS)
    }
    if (missed != NONE) {
      value = missed
      return stopAt(start, TEXT)
    }
    if (border >= 0) {
      const text = textAt + (<usize>texts << 4)
      if (isHeldRow && load<u32>(text, 8) == held) addItems(<usize>load<u32>(text, 12))
      else if (!searchBorder(text)) {
        value = texts
        return stopAt(start, TEXT)
      }
    }
    wanted = 0
    const isOpen = (known & SETTLES) == 0 && isOpenLeft()
    if (areCandidatesLeft() || isOpen) {
      const left = readValues(eager, reads, wanted)
      if (left != END) return left
      if ((known & ASKS) != 0) return WHOLE
    }
    if (isOpen && !isOpenDone()) return stopAt(start, HELD)
    for (let i: u32 = 0; i < candidateCount; i++) {
      question = load<u32>(candidates + (<usize>i << 2))
      if (isRefused(question, reads)) continue
      const is = answerTo(question)
      if (is == NONE) return stopAt(start, HELD)
      if (is == 1) addMatch(load<u32>(questions + <usize>question * QUESTION, 4))
    }
    // Before rules are told: with another time the row may have other columns, and texts may stand in it.
    const when = timeOf()
    if (when < 0) return WHOLE
    if (matchCount != 0 && <u64>(when - <i64>matchDay * DAY) >= <u64>DAY) {
      const isFirst = matchDay == i32.MIN_VALUE
      matchDay = <i32>(when / DAY)
      if (!isFirst) return OTHER_DAY
    }
    for (let i: u32 = 0; i < matchCount; i++) {
      value = load<u32>(matches + (<usize>i << 2))
      if (!isFull(value)) return RULE
    }
    if (isHeldRow) {
      isHeldRow = false
      held = (held + 1) & 0x7fff_ffff
    }

    const here = contextOf()
    if (here == NONE) return CONTEXT
    behindRow = <u32>next
    if ((known & TELLS) != 0) {
      const served = numberIn(statusColumn)
      if (served < 0) return WHOLE
      if ((served == 200 || served == 206 || served == 304) && !isTold(here, <f64>when)) {
        time = <f64>when
        return TOLD
      }
    }
    const hour = when / HOUR
    if (accountCount + TRAITS + 2 > accountLimit) return ROOM
    if (logonUser >= 0 && <u64>(hour - <i64>accountDay * 24) >= 24) {
      if (accountCount != 0) return ROOM
      accountDay = <i32>(hour / 24)
    }
    let size: i64 = 0
    if (isGrouping) {
      if (groupCount == GROUPS || groupRowCount == GROUPS) return ROOM
      size = numberIn(groupSize)
      if (size < 0) return WHOLE
    }
    const counts = <u32>load<u8>(counting + here)
    const isCounted = traits != 0 && counts != 0
    let device: u32 = 0
    let logon: u32 = 0
    let status: i64 = 0
    let sent: i64 = 0
    if (isCounted) {
      status = numberIn(statusColumn)
      sent = numberIn(sentColumn)
      if (status < 0 || sent < 0) return WHOLE
      const isRefused = status == 401
      const service = known & EWS
      if (service == DEVICES && (status == 200 || isRefused) && deviceQuery >= 0) {
        if (isWide && isWideDevice()) return WHOLE
        device = deviceOf(counts, isRefused)
        if (device == NONE) return FULL
      }
      // Refusals of a device are counted for the device alone.
      if (logonUser >= 0 && (isRefused ? device == 0 : status >= 200 && status < 300)) {
        if (isWide && isWideLogon(isRefused)) return WHOLE
        logon = logonOf(counts, isRefused, shownBy(known, counts, isRefused))
        if (logon == NONE) return FULL
      }
    }
    if ((here != context || hour != runHour) && !goOn(here, hour)) {
      if (runCount == runLimit) {
        context = NONE
        return ROOM
      }
      begin(here, hour, when, start, next)
    }
    count(when)
    for (let i: u32 = 0; i < matchCount; i++) countMatch(load<u32>(matches + (<usize>i << 2)), when)
    if (isCounted) countRequest(when, status, sent, device, logon)
    if (isGrouping) countGroup(hour, size)
    if ((known & MARK) != 0 && marked == NONE) marked = here
    lines++
    start = next
  }
  at = <u32>start
  return END
}

/** Somebody will look at columns of this row that the kernel did not need. */
function stopAt(start: usize, why: u32): u32 {
  split(start, true)
  return why
}

/** Looks for texts in some ranges of the row at hand; the first where they must be found elsewhere, NONE where there is none. */
// @ts-ignore: decorator
@inline
function searchRanges(from: u32, to: u32): u32 {
  for (let t = from; t < to; t++) {
    const text = textAt + (<usize>t << 4)
    const first = places + (<usize>load<u16>(text) << 3)
    const last = places + (<usize>load<u16>(text, 2) << 3)
    if (isHeldRow && load<u32>(text, 8) == held) addItems(<usize>load<u32>(text, 12))
    else if (!search(<usize>load<u32>(first), <usize>load<u32>(last, 4), text)) return t
  }
  return NONE
}

/** Columns that are read for what is left of the row at hand: a bit for each, the last for all that come behind it. */
let wanted: u32 = 0

// @ts-ignore: decorator
@inline
function isWanted(those: u32, i: u32): bool {
  return ((those >>> min(i, 31)) & 1) != 0
}

/**
 * Looks up the values of some columns of the row at hand; says why where it cannot. First all places in the table are
 * computed and then all are compared, so that the memory of one is fetched while another is computed. What is not wanted has
 * the number 0, a value that rules nothing out.
 */
function readValues(from: u32, to: u32, those: u32): u32 {
  /** Columns whose value is that of the row before. */
  let same: u64 = 0
  for (let r = from; r < to; r++) {
    if (!isWanted(those, r - from)) continue
    const read = readAt + (<usize>r << 5)
    const c = load<u32>(read)
    const place = places + (<usize>c << 3)
    const begins = <usize>load<u32>(place)
    const length = load<u32>(place, 4) - <u32>begins
    if (length > LONGEST_VALUE) return WHOLE
    const key = (c << 16) | length
    let head = load<u64>(begins)
    let tail: u64 = 0
    if (length > 8) tail = load<u64>(begins + length - 8)
    else if (length < 8) head &= ((<u64>1) << (<u64>length << 3)) - 1
    const latest = <usize>load<u32>(read, LATEST)
    if (latest != 0 && r - from < 64 && isValue(latest, key, head, tail, begins)) {
      store<u32>(read, <u32>latest, 24)
      same |= (<u64>1) << (r - from)
      continue
    }
    const hash = hashOf(begins, key, head, tail)
    store<u32>(read, hash, 4)
    store<u64>(read, head, 8)
    store<u64>(read, tail, 16)
    let slot = hash & slotMask
    let entry = load<u32>(slots + (<usize>slot << 2))
    while (entry != 0 && entry >>> TAG != hash >>> TAG) {
      slot = (slot + 1) & slotMask
      entry = load<u32>(slots + (<usize>slot << 2))
    }
    store<u32>(read, entry == 0 ? 0 : <u32>recordOf(entry), 24)
  }
  let all = known
  for (let r = from; r < to; r++) {
    if (!isWanted(those, r - from)) {
      store<u32>(numbers + (<usize>r << 2), 0)
      continue
    }
    const read = readAt + (<usize>r << 5)
    let number = load<u32>(read, 24)
    if (r - from >= 64 || ((same >>> (r - from)) & 1) == 0) {
      const c = load<u32>(read)
      const place = places + (<usize>c << 3)
      const begins = <usize>load<u32>(place)
      const key = (c << 16) | (load<u32>(place, 4) - <u32>begins)
      const head = load<u64>(read, 8)
      const tail = load<u64>(read, 16)
      if (number == 0 || !isValue(<usize>number, key, head, tail, begins)) {
        number = find(begins, key, head, tail, load<u32>(read, 4))
        if (number == NONE) return FULL
      }
      store<u32>(read, number, LATEST)
    }
    const about = load<u8>(number, KNOWN)
    if ((about & JUDGED) == 0) {
      column = load<u32>(read)
      value = number
      return NEW
    }
    store<u32>(numbers + (<usize>r << 2), number)
    all |= about
    const items = load<u32>(number, ITEMS)
    if (items != 0) addItems(<usize>items)
  }
  known = all
  return END
}

/** Row numbers begin anew: no stamp may be taken for one of them. */
function restart(): void {
  serial = 1
  for (let place = questions; place < candidates; place += QUESTION) store<u32>(place, 0, 8)
  for (let place = rules; place < matches; place += RULES) store<u32>(place, 0, 4)
}

/** Are the questions that need no text answered, as far as the values of the row can? */
function isOpenDone(): bool {
  for (let w: u32 = 0; w < openWords; w++) {
    let left = openOf(w, reads)
    while (left != 0) {
      question = (w << 5) + ctz(left)
      left &= left - 1
      const is = answerTo(question)
      if (is == NONE) return false
      if (is == 1) addMatch(load<u32>(questions + <usize>question * QUESTION, 4))
    }
  }
  return true
}

/** Do the columns of which every value is known leave a question that needs no text? What is read for it is wanted then. */
function isOpenLeft(): bool {
  let isAny = false
  for (let w: u32 = 0; w < openWords; w++) {
    for (let left = openOf(w, eager); left != 0; left &= left - 1) {
      isAny = true
      wanted |= load<u32>(questions + <usize>((w << 5) + ctz(left)) * QUESTION, 12)
    }
  }
  return isAny
}

/** Of one word of the questions that need no text those which no value in the first so many columns that are read rules out. */
// @ts-ignore: decorator
@inline
function openOf(w: u32, most: u32): u32 {
  let left: u32 = load<u32>(open + (<usize>w << 2))
  for (let r: u32 = 0; r < most && left != 0; r++) {
    const mask = load<u32>(load<u32>(numbers + (<usize>r << 2)), MASK)
    left &= load<u32>(masks + ((<usize>mask * words + w) << 2))
  }
  return left
}

/** Does any question stay whose texts all stand there? What the columns rule out of which every value is known is dropped. */
function areCandidatesLeft(): bool {
  let left: u32 = 0
  for (let i: u32 = 0; i < candidateCount; i++) {
    const number = load<u32>(candidates + (<usize>i << 2))
    if (isRefused(number, eager)) continue
    wanted |= load<u32>(questions + <usize>number * QUESTION, 12)
    store<u32>(candidates + (<usize>left << 2), number)
    left++
  }
  candidateCount = left
  return left != 0
}

/** Does a value in the first so many columns that are read rule out a question? */
function isRefused(number: u32, most: u32): bool {
  const word = number >>> 5
  for (let r: u32 = 0; r < most; r++) {
    const mask = load<u32>(load<u32>(numbers + (<usize>r << 2)), MASK)
    if (((load<u32>(masks + ((<usize>mask * words + word) << 2)) >>> (number & 31)) & 1) == 0) return true
  }
  return false
}

/** May a text stand in the row at hand only behind an escape? */
function hasEscape(): bool {
  const from = <usize>load<u32>(places)
  const to = <usize>load<u32>(places + (<usize>(columns - 1) << 3), 4)
  return escape(from, to) != to
}

/** 1, 0, or NONE where it is not known. */
function answerTo(number: u32): u32 {
  const place = questions + <usize>number * QUESTION
  if (isHeldRow && load<u32>(place, 28) >>> 1 == held) return load<u32>(place, 28) & 1
  if (load<i64>(place, 16) == -1) return NONE
  if (load<u8>(place, 25) != 0 && hasEscape()) return NONE
  if (load<u8>(place, 24) != 0) {
    const compared = load<u32>(answerOf(number, decidingOf(number, true)))
    if (compared == 0) return NONE
    if ((compared & 1) == 0) return 0
  }
  const known = load<u32>(answerOf(number, decidingOf(number, false)))
  return known == 0 ? NONE : known & 1
}

/** The number of the value in a column that decides a question; columns are bytes, 0 for none. */
// @ts-ignore: decorator
@inline
function deciding(columnsOf: i64, i: u32): u32 {
  const read = <u32>(columnsOf >>> (<i64>i << 3)) & 0xff
  return read == 0 ? 0 : load<u32>(numbers + (<usize>(read - 1) << 2))
}

/** The columns that decide a question, or of them only as many from the first on as are compared with one another. */
// @ts-ignore: decorator
@inline
function decidingOf(number: u32, compared: bool): i64 {
  const place = questions + <usize>number * QUESTION
  const all = load<i64>(place, 16)
  return compared ? all & (((<i64>1) << (<i64>load<u8>(place, 24) << 3)) - 1) : all
}

/** Where the answer to a question stands for the values at hand in some columns, or where there is room for it. */
function answerOf(number: u32, columnsOf: i64): usize {
  let hash: u32 = (number + 1) * 0x9e3779b1
  for (let i: u32 = 0; i < DECIDING; i++) hash = (hash ^ deciding(columnsOf, i)) * 0x85ebca6b
  let slot = (hash ^ (hash >>> 15)) & (ANSWERS - 1)
  while (true) {
    const place = answers + <usize>slot * ANSWER
    const known = load<u32>(place)
    if (known == 0) return place
    if (known >>> 1 == number + 1) {
      let i: u32 = 0
      while (i < DECIDING && load<u32>(place + 4 + (<usize>i << 2)) == deciding(columnsOf, i)) i++
      if (i == DECIDING) return place
    }
    slot = (slot + 1) & (ANSWERS - 1)
  }
}

/** Are hits of a rule only counted? */
function isFull(rule: u32): bool {
  if (load<u32>(rules + <usize>rule * RULES) != 0) return true
  if (clientRead == NONE) return false
  return load<u64>(pairOf(rule, load<u32>(numbers + (<usize>clientRead << 2)))) != 0
}

function pairOf(rule: u32, client: u32): usize {
  const pair = ((<u64>rule + 1) << 32) | client
  const hash = pair * 0x9e3779b97f4a7c15
  let slot = <u32>(hash >>> 40) & (PAIRS - 1)
  while (true) {
    const place = pairs + (<usize>slot << 3)
    const known = load<u64>(place)
    if (known == 0 || known == pair) return place
    slot = (slot + 1) & (PAIRS - 1)
  }
}

function countMatch(rule: u32, time: i64): void {
  const place = rules + <usize>rule * RULES
  const rows = load<u32>(place, 8)
  if (rows == 0) {
    store<u32>(counted + (<usize>countedCount << 2), rule)
    countedCount++
    store<f64>(place, <f64>time, 16)
    store<f64>(place, <f64>time, 24)
  }
  store<u32>(place, rows + 1, 8)
  if (<f64>time < load<f64>(place, 16)) store<f64>(place, <f64>time, 16)
  if (<f64>time > load<f64>(place, 24)) store<f64>(place, <f64>time, 24)
}

// ---------------------------------------------------------------- time

// @ts-ignore: decorator
@inline
function digit(place: usize): i32 {
  return <i32>load<u8>(place) - 48
}

// @ts-ignore: decorator
@inline
function two(place: usize): i32 {
  const a = digit(place)
  const b = digit(place + 1)
  return <u32>a > 9 || <u32>b > 9 ? -1 : a * 10 + b
}

/** Milliseconds since 1970 UTC; negative for what has not the usual form. */
function timeOf(): i64 {
  const day = places + (<usize>dayColumn << 3)
  const from = <usize>load<u32>(day)
  const length = load<u32>(day, 4) - load<u32>(day)
  if (stamped) {
    // 2021-03-03T04:23:22.370Z
    if (length != 24 || load<u8>(from, 10) != 0x54 || load<u8>(from, 19) != 0x2e || load<u8>(from, 23) != 0x5a) return -1
    const a = digit(from + 20)
    const rest = two(from + 21)
    const clock = clockOf(from + 11)
    if (<u32>a > 9 || rest < 0 || clock < 0) return -1
    const date = midnightOf(from)
    return date < 0 ? -1 : date + clock + <i64>(a * 100 + rest)
  }
  const place = places + (<usize>clockColumn << 3)
  if (length != 10 || load<u32>(place, 4) - load<u32>(place) != 8) return -1
  const clock = clockOf(<usize>load<u32>(place))
  if (clock < 0) return -1
  const date = midnightOf(from)
  return date < 0 ? -1 : date + clock
}

function clockOf(place: usize): i64 {
  if (load<u8>(place, 2) != 0x3a || load<u8>(place, 5) != 0x3a) return -1
  const hour = two(place)
  const minute = two(place + 3)
  const second = two(place + 6)
  if (<u32>hour > 23 || <u32>minute > 59 || <u32>second > 59) return -1
  return <i64>((hour * 60 + minute) * 60 + second) * 1000
}

/** Midnight of `2021-03-03`; of the day that was met last it is known. */
function midnightOf(place: usize): i64 {
  const first = load<u64>(place)
  const rest = <u32>load<u16>(place, 8)
  if (first == lastDay && rest == lastDayRest) return midnight
  lastDay = first
  lastDayRest = rest
  midnight = -1
  const century = two(place)
  const years = two(place + 2)
  const month = two(place + 5)
  const day = two(place + 8)
  if (century < 0 || years < 0 || month < 1 || month > 12 || day < 1) return -1
  if (load<u8>(place, 4) != 0x2d || load<u8>(place, 7) != 0x2d) return -1
  const year = century * 100 + years
  if (year < 1970) return -1
  const isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  const most = month == 2 ? (isLeap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  if (day > most) return -1
  // Days of the civil calendar: years that begin in March (https://howardhinnant.github.io/date_algorithms.html).
  const y = month <= 2 ? year - 1 : year
  const era = y / 400
  const ofEra = y - era * 400
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  const days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  midnight = <i64>days * DAY
  return midnight
}

// ---------------------------------------------------------------- account

function contextOf(): u32 {
  const size = <usize>contextColumns << 2
  for (let k: u32 = 0; k < contextCount; k++) if (isContext(contexts + <usize>k * size)) return k
  return NONE
}

/** Does the row tell what the one before it of that host and track did? Then its time is counted. */
function isTold(here: u32, when: f64): bool {
  const tells = <u32>load<u16>(load<u32>(numbers + (<usize>tellingRead << 2)), TELLING)
  const track = told + (<usize>(tells & 7) << 5)
  const host = load<u32>(hosts + (<usize>here << 2))
  if (load<u32>(track) != tells || load<u32>(track, 4) != host) {
    value = tells
    column = host
    return false
  }
  if (when < load<f64>(track, 8)) store<f64>(track, when, 8)
  if (when > load<f64>(track, 16)) store<f64>(track, when, 16)
  return true
}

function isContext(known: usize): bool {
  for (let i: u32 = 0; i < contextColumns; i++) {
    const number = load<u32>(numbers + (<usize>load<u32>(contextAt + (<usize>i << 2)) << 2))
    if (load<u32>(known + (<usize>i << 2)) != number) return false
  }
  return true
}

/** Goes on with the latest run of a context, where it is of that hour and only contexts of one order had rows since it began. */
function goOn(here: u32, hour: i64): bool {
  const latest = load<u32>(latestRuns + (<usize>here << 2))
  if (latest <= orderFrom || load<u32>(orders + (<usize>here << 2)) != runOrder) return false
  const place = runs + (<usize>(latest - 1) << 6)
  if (load<i64>(place, 32) != hour) return false
  run = place
  context = here
  runHour = hour
  return true
}

// A run: context, rows, first row from and to and its line since the call, then its first time, hour, least and greatest time.
function begin(here: u32, hour: i64, time: i64, start: usize, next: usize): void {
  const order = load<u32>(orders + (<usize>here << 2))
  if (order != runOrder) {
    runOrder = order
    orderFrom = runCount
  }
  context = here
  runHour = hour
  run = runs + ((<usize>runCount) << 6)
  runCount++
  store<u32>(latestRuns + (<usize>here << 2), runCount)
  store<u32>(run, here)
  store<u32>(run, 0, 4)
  store<u32>(run, <u32>start, 8)
  store<u32>(run, <u32>next, 12)
  store<u32>(run, lines, 16)
  store<f64>(run, <f64>time, 24)
  store<i64>(run, hour, 32)
  store<f64>(run, <f64>time, 40)
  store<f64>(run, <f64>time, 48)
}

function count(time: i64): void {
  latestTime = <f64>time
  store<u32>(run, load<u32>(run, 4) + 1, 4)
  if (<f64>time < load<f64>(run, 40)) store<f64>(run, <f64>time, 40)
  if (<f64>time > load<f64>(run, 48)) store<f64>(run, <f64>time, 48)
}

/** The number in a column: 0 where there is none, -1 where it is written in an unusual way. */
function numberIn(c: i32): i64 {
  if (c < 0) return 0
  const place = places + (<usize>c << 3)
  const from = <usize>load<u32>(place)
  const length = load<u32>(place, 4) - <u32>from
  const first = load<u8>(from)
  if (length == 0 || (length == 1 && first == 0x2d)) return 0
  if (length > 15 || (length > 1 && first == 0x30)) return -1
  let value: i64 = 0
  for (let i: u32 = 0; i < length; i++) {
    const n = <u32>load<u8>(from + i) - 48
    if (n > 9) return -1
    value = value * 10 + n
  }
  return value
}

/** One row more in the account of each value by which requests are counted. */
function countRequest(time: i64, status: i64, sent: i64, device: u32, logon: u32): void {
  let client = clientRead == NONE ? NOBODY : load<u32>(numbers + (<usize>clientRead << 2))
  if (client != NOBODY && (load<u8>(client, KNOWN) & NAMELESS) != 0) client = NOBODY
  const kind: usize = status >= 200 && status < 600 ? 24 + (<usize>(status / 100 - 2) << 3) : 0
  for (let t: u32 = 0; t < traits; t++) {
    const number = load<u32>(numbers + (<usize>load<u32>(traitAt + (<usize>t << 2)) << 2))
    countIn(number, client, <f64>time, kind, sent)
  }
  if (device != 0) countIn(device, client, <f64>time, deviceFetches ? CONTENT : NO_CONTENT, sent)
  if (logon != 0) countLogon(logon, client, <f64>time, sent)
}

// @ts-ignore: decorator
@inline
function countLogon(logon: u32, client: u32, time: f64, sent: i64): void {
  const place = knownLogon
  if (place == 0 || load<u32>(place, 28) >>> 16 != accountTurn) {
    countIn(logon, client, time, NO_CONTENT, sent)
    if (place == 0) return
    const account = load<u32>(logon, ACCOUNT)
    store<u32>(place, account, 28)
    store<f64>(place, 0, 32)
    store<f64>(place, Infinity, 40)
    store<f64>(place, -Infinity, 48)
    store<f64>(accounts + (<usize>(account & 0xffff) << 6), <f64>place, LOGON_PLACE)
    return
  }
  store<f64>(place, load<f64>(place, 32) + 1, 32)
  if (time < load<f64>(place, 40)) store<f64>(place, time, 40)
  if (time > load<f64>(place, 48)) store<f64>(place, time, 48)
}

/** Adds to an account what was counted at the place of its logon. */
function settle(account: usize, place: usize): void {
  store<f64>(account, load<f64>(account) + load<f64>(place, 32))
  if (load<f64>(place, 40) < load<f64>(account, 8)) store<f64>(account, load<f64>(place, 40), 8)
  if (load<f64>(place, 48) > load<f64>(account, 16)) store<f64>(account, load<f64>(place, 48), 16)
  store<f64>(account, 0, LOGON_PLACE)
}

/** Brings the accounts of logons up to date, before they are read. */
export function settleLogons(): void {
  if (!areLogonsKnown) return
  for (let i: u32 = 0; i < accountCount; i++) {
    if (load<u32>(load<u32>(accountValues + (<usize>i << 2)), KEY) >>> 16 != columns) continue
    const account = accounts + (<usize>i << 6)
    const place = <usize>load<f64>(account, LOGON_PLACE)
    if (place == 0) continue
    settle(account, place)
    // Its next row opens the account again.
    store<u32>(place, 0, 28)
  }
}

// @ts-ignore: decorator
@inline
function countIn(number: u32, client: u32, time: f64, kind: usize, sent: i64): void {
  const known = load<u32>(number, ACCOUNT)
  const account = <usize>(known >>> 16 == accountTurn ? known & 0xffff : openAccount(number, client, time))
  const place = accounts + (account << 6)
  store<f64>(place, load<f64>(place) + 1)
  if (time < load<f64>(place, 8)) store<f64>(place, time, 8)
  if (time > load<f64>(place, 16)) store<f64>(place, time, 16)
  if (kind != 0) store<f64>(place + kind, load<f64>(place + kind) + 1)
  if (sent > 0) store<f64>(place, load<f64>(place, 56) + <f64>sent, 56)
  if (load<u32>(number, CLIENT) != client) store<u32>(number, SEVERAL, CLIENT)
}

/**
 * The number of what the request of a mobile device is counted by: user, device and kind of log, parted by NUL. 0 where the row
 * names no device, NONE where there is no room.
 */
function deviceOf(kind: u32, isRefused: bool): u32 {
  const user = places + (<usize>deviceUser << 3)
  const userLength = load<u32>(user, 4) - load<u32>(user)
  if (userLength == 0 || (userLength == 1 && load<u8>(load<u32>(user)) == 0x2d)) return 0
  const query = places + (<usize>deviceQuery << 3)
  const from = <usize>load<u32>(query)
  const to = <usize>load<u32>(query, 4)
  let id: usize = 0
  let idLength: u32 = 0
  let command: usize = 0
  let commandLength: u32 = 0
  const is = i8x16.splat(0x3d)
  for (let i = from; i < to && (id == 0 || command == 0); i += 16) {
    let found: u32 = <u32>i8x16.bitmask(i8x16.eq(v128.load(i), is))
    for (; found != 0; found &= found - 1) {
      const at = i + ctz(found)
      if (at >= to) break
      if (id == 0 && at >= from + 8 && isDeviceId(load<u64>(at - 8)) && isBegin(at - 8, from)) {
        idLength = partLength(at + 1, to)
        if (idLength != 0) id = at + 1
      } else if (command == 0 && at >= from + 3 && (load<u32>(at - 3) | 0x0020_2020) == COMMAND && isBegin(at - 3, from)) {
        commandLength = partLength(at + 1, to)
        if (commandLength != 0) command = at + 1
      }
    }
  }
  if (id == 0) return 0
  deviceFetches = command != 0 && fetchesContent(command, commandLength)
  let out = put(deviceValue, <usize>load<u32>(user), min(userLength, LONGEST_USER))
  out = put(out, id, idLength)
  store<u64>(out, <u64>(0x30 + (kind & 2) + (isRefused ? 1 : 0)))
  return findMade(deviceValue, out + 1)
}

/** The number of a value that was made of a row. */
// @ts-ignore: decorator
@inline
function findMade(from: usize, to: usize): u32 {
  const length = <u32>(to - from)
  const key = (columns << 16) | length
  const head = load<u64>(from)
  const tail = length > 8 ? load<u64>(from + length - 8) : 0
  return find(from, key, head, tail, hashOf(from, key, head, tail))
}

/** What a logon shows: mail, or what EWS shows, or no more than a page of EWS. */
const OF_MAIL: u32 = 4
const OF_EWS: u32 = 0x44
const OF_EWS_PAGE: u32 = 0x40
/** Neither, but HttpProxy passed it on. */
const OF_PASSED: u32 = 0x20
/** Mail, by RPC or REST. */
const OF_RPC: u32 = 0x24

/** Is the row at hand no GET, HEAD or OPTIONS? */
function isCall(): bool {
  if (logonMethod < 0) return true
  const method = places + (<usize>logonMethod << 3)
  const from = <usize>load<u32>(method)
  const length = load<u32>(method, 4) - <u32>from
  if (length == 3) return (load<u32>(from) & 0x00ff_ffff) != 0x0054_4547
  if (length == 4) return load<u32>(from) != 0x4441_4548
  return length != 7 || (load<u64>(from) & 0x00ff_ffff_ffff_ffff) != 0x0053_4e4f_4954_504f
}

/** What a logon shows, by what is known of the values of its row. */
// @ts-ignore: decorator
@inline
function shownBy(ofRow: u8, counts: u32, isRefused: bool): u32 {
  const service = ofRow & EWS
  const passed = (ofRow & PASSED) != 0 && !isRefused && (counts & 2) == 0
  if (service == MAIL) return passed ? OF_RPC : OF_MAIL
  if (service == EWS) return isCall() ? OF_EWS : OF_EWS_PAGE
  return passed ? OF_PASSED : 0
}

/**
 * The number of what a logon is counted by: user, client, program where it was refused, and what it was (a log of HttpProxy: 2,
 * refused: 1, a request that shows mail: 4, of EWS: 260, its page: 256, another that HttpProxy passes
 * on: 512, by RPC or REST: 516), parted by NUL. 0 where the row names no user, NONE where there is no room.
 */
function logonOf(kind: u32, isRefused: bool, mail: u32): u32 {
  const user = places + (<usize>logonUser << 3)
  const from = <usize>load<u32>(user)
  const userLength = load<u32>(user, 4) - <u32>from
  if (userLength == 0 || load<u8>(from + userLength - 1) == DOLLAR) return 0
  if (userLength == 1 && load<u8>(from) == 0x2d) return 0
  if (isRefused && logonReason >= 0) {
    const reason = numberIn(logonReason)
    if (reason == MUST_CHANGE || reason == EXPIRED) return 0
  }
  knownLogon = 0
  if (isRefused || clientRead == NONE || logonForwarded >= 0 || userLength > LONGEST_USER)
    return makeLogon(kind, from, userLength, isRefused, mail)
  const client = load<u32>(numbers + (<usize>clientRead << 2))
  const about = (userLength << 8) | 0x80 | (kind & 2) | mail
  let head = load<u64>(from)
  let tail: u64 = 0
  if (userLength > 8) tail = load<u64>(from + userLength - 8)
  else if (userLength < 8) head &= ((<u64>1) << (<u64>userLength << 3)) - 1
  const hash = ((head ^ (tail * 0xff51afd7ed558ccd)) + ((<u64>client << 32) | about)) * 0x9e3779b97f4a7c15
  const first = knownLogons + (<usize>(hash >>> 40) & (LOGONS - 1)) * KNOWN_LOGON
  let place = first
  const end = first + LOGON_PLACES * KNOWN_LOGON
  while (place < end && load<u32>(place, 4) != 0) {
    if (isKnownLogon(place, client, about, head, tail, from, userLength)) {
      knownLogon = place
      return load<u32>(place, 24)
    }
    place += KNOWN_LOGON
  }
  const made = makeLogon(kind, from, userLength, false, mail)
  if (made == NONE) return made
  if (place == end) {
    // None of its places is free: the one in the first makes room.
    place = first
    const known = load<u32>(place, 28)
    if (known != 0 && known >>> 16 == accountTurn) settle(accounts + (<usize>(known & 0xffff) << 6), place)
  }
  store<u32>(place, client)
  store<u32>(place, about, 4)
  store<u64>(place, head, 8)
  store<u64>(place, tail, 16)
  store<u32>(place, made, 24)
  store<u32>(place, 0, 28)
  areLogonsKnown = true
  knownLogon = place
  return made
}

// @ts-ignore: decorator
@inline
function isKnownLogon(place: usize, client: u32, about: u32, head: u64, tail: u64, user: usize, length: u32): bool {
  if (load<u32>(place) != client || load<u32>(place, 4) != about) return false
  if (load<u64>(place, 8) != head || load<u64>(place, 16) != tail) return false
  // The name of the user stands at the beginning of the logon; its first and last bytes are known to be the same.
  return length <= 16 || isSame(user + 8, <usize>load<u32>(place, 24) + BYTES + 8, length - 16)
}

/** The number of the value of a logon, which is made of the row. */
function makeLogon(kind: u32, from: usize, userLength: u32, isRefused: bool, mail: u32): u32 {
  const client = places + (<usize>logonClient << 3)
  const clientLength = load<u32>(client, 4) - load<u32>(client)
  let out = put(logonValue, from, min(userLength, LONGEST_USER))
  out = put(out, <usize>load<u32>(client), min(clientLength, LONGEST_PART))
  if (logonForwarded >= 0) out = putLastHop(out)
  if (isRefused && logonAgent >= 0) {
    const agent = places + (<usize>logonAgent << 3)
    out = put(out, <usize>load<u32>(agent), min(load<u32>(agent, 4) - load<u32>(agent), LONGEST_AGENT))
  } else {
    store<u8>(out, 0)
    out++
  }
  const last = <u64>(0x30 + (kind & 2) + (isRefused ? 1 : 0))
  if (mail == OF_EWS) {
    // The number is 260 and what the last digit adds to it.
    store<u64>(out, 0x3632 | (last << 16))
    return findMade(logonValue, out + 3)
  }
  if (mail == OF_EWS_PAGE) {
    // 256, and the same.
    store<u64>(out, 0x3532 | ((last + 6) << 16))
    return findMade(logonValue, out + 3)
  }
  if (mail == OF_PASSED || mail == OF_RPC) {
    // The number is 512, or 516.
    store<u64>(out, mail == OF_RPC ? 0x363135 : 0x323135)
    return findMade(logonValue, out + 3)
  }
  store<u64>(out, last + mail)
  return findMade(logonValue, out + 1)
}

/** Behind the client what follows the last comma of X-Forwarded-For, after a `>` in the place of the NUL; of a header that was cut three dots. */
function putLastHop(out: usize): usize {
  const place = places + (<usize>logonForwarded << 3)
  const end = <usize>load<u32>(place, 4)
  const start = <usize>load<u32>(place)
  if (end - start >= CUT_HEADER) {
    store<u32>(out - 1, THREE_DOTS)
    store<u8>(out + 3, 0)
    return out + 4
  }
  const least = max(start, end - LONGEST_PART)
  let from = end
  while (from > least && load<u8>(from - 1) != COMMA) from--
  store<u8>(out - 1, GREATER)
  return put(out, from, <u32>(end - from))
}

/** The same of a logon; of a program characters that are no ASCII are read elsewhere. */
function isWideLogon(isRefused: bool): bool {
  const user = places + (<usize>logonUser << 3)
  if (load<u32>(user, 4) - load<u32>(user) > LONGEST_USER) return true
  if (!isRefused || logonAgent < 0) return false
  const agent = places + (<usize>logonAgent << 3)
  return hasWide(<usize>load<u32>(agent), <usize>load<u32>(agent, 4))
}

/** May characters that are no ASCII make a difference to what a device is counted by? Lengths are counted in characters. */
function isWideDevice(): bool {
  const user = places + (<usize>deviceUser << 3)
  const query = places + (<usize>deviceQuery << 3)
  const isLong = load<u32>(user, 4) - load<u32>(user) > LONGEST_USER
  return isLong || hasWide(<usize>load<u32>(query), <usize>load<u32>(query, 4))
}

// @ts-ignore: decorator
@inline
function isDeviceId(name: u64): bool {
  return (name | 0x2020_2020_2020_2020) == DEVICE_ID
}

/** Does the name of a part of an address begin there? */
// @ts-ignore: decorator
@inline
function isBegin(at: usize, from: usize): bool {
  if (at == from) return true
  const before = load<u8>(at - 1)
  return before == 0x26 || before == 0x3f
}

/** Bytes of a part of an address, up to what cannot stand in one. */
function partLength(from: usize, to: usize): u32 {
  const most = min(to, from + LONGEST_PART)
  for (let i = from; i < most; i += 16) {
    const bytes = v128.load(i)
    const ends: u32 = <u32>i8x16.bitmask(
      v128.or(
        v128.or(
          v128.or(i8x16.eq(bytes, i8x16.splat(0x26)), i8x16.eq(bytes, i8x16.splat(0x3b))),
          v128.or(i8x16.eq(bytes, i8x16.splat(0x23)), i8x16.eq(bytes, i8x16.splat(0x20))),
        ),
        i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(9)), i8x16.splat(5)),
      ),
    )
    if (ends != 0) return <u32>(min(i + ctz(ends), most) - from)
  }
  return <u32>(most - from)
}

/** sync, find, search, getattachment, itemoperations; what is written with escapes may be any. */
function fetchesContent(at: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (load<u8>(at + i) == PERCENT) return true
  const four = load<u32>(at) | 0x2020_2020
  const two = <u32>load<u16>(at, 4) | 0x2020
  if (length == 4) return four == 0x636e_7973 || four == 0x646e_6966
  if (length == 6) return four == 0x7261_6573 && two == 0x6863
  const eight = load<u64>(at) | 0x2020_2020_2020_2020
  const rest = load<u32>(at, 8) | 0x2020_2020
  if (length == 13) return eight == 0x6361_7474_6174_6567 && rest == 0x6e65_6d68 && (load<u8>(at, 12) | 0x20) == 0x74
  if (length == 14) return eight == 0x7265_706f_6d65_7469 && rest == 0x6f69_7461 && ((<u32>load<u16>(at, 12)) | 0x2020) == 0x736e
  return false
}

/** Puts a part and a NUL there; bytes behind are overwritten. */
function put(to: usize, from: usize, length: u32): usize {
  for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i))
  store<u8>(to + length, 0)
  return to + length + 1
}

// An account has eight numbers: rows, first and last time, statuses by their first digit (2 to 5), bytes. The value of its client
// stands with the value.
function openAccount(number: u32, client: u32, time: f64): u32 {
  const place = accounts + (<usize>accountCount << 6)
  memory.fill(place, 0, 64)
  store<f64>(place, time, 8)
  store<f64>(place, time, 16)
  store<u32>(accountValues + (<usize>accountCount << 2), number)
  store<u32>(number, client, CLIENT)
  store<u32>(accountNames + (<usize>accountCount << 2), load<u32>(number, NAME))
  const first = accountFirsts + (<usize>accountCount << 4)
  store<u32>(first, at)
  store<u32>(first, lines, 4)
  store<u32>(first, client, 8)
  store<u32>(first, behindRow - at, 12)
  store<u32>(number, (accountTurn << 16) | accountCount, ACCOUNT)
  return accountCount++
}

// A group has the numbers of its values (eight at most), the hour of its latest rows, which rows these are, and the turn in
// which that holds. Its rows of one hour have the group, how many they are, the hour, and the sum of the sizes.
function countGroup(hour: i64, size: i64): void {
  const group = groupOf()
  if (load<u32>(group, 44) != groupTurn || load<i64>(group, 32) != hour) {
    const opened = groupRows + (<usize>groupRowCount << 5)
    store<u32>(opened, <u32>((group - groups) >>> 6))
    store<u32>(opened, 0, 4)
    store<f64>(opened, <f64>hour, 8)
    store<f64>(opened, 0, 16)
    store<i64>(group, hour, 32)
    store<u32>(group, groupRowCount, 40)
    store<u32>(group, groupTurn, 44)
    groupRowCount++
  }
  const place = groupRows + (<usize>load<u32>(group, 40) << 5)
  store<u32>(place, load<u32>(place, 4) + 1, 4)
  store<f64>(place, load<f64>(place, 16) + <f64>size, 16)
}

/** The number of the value that the row at hand has in a column of groups. */
// @ts-ignore: decorator
@inline
function grouped(i: u32): u32 {
  return load<u32>(numbers + (<usize>load<u32>(groupReadAt + (<usize>i << 2)) << 2))
}

/** The group of the row at hand. */
function groupOf(): usize {
  let hash: u32 = 0
  for (let i: u32 = 0; i < groupColumns; i++) hash = (hash ^ grouped(i)) * 0x85ebca6b
  let slot = (hash ^ (hash >>> 15)) & (GROUP_SLOTS - 1)
  while (true) {
    const known = load<u32>(groupSlots + (<usize>slot << 2))
    if (known == 0) break
    const group = groups + (<usize>(known - 1) << 6)
    let i: u32 = 0
    while (i < groupColumns && load<u32>(group + (<usize>i << 2)) == grouped(i)) i++
    if (i == groupColumns) return group
    slot = (slot + 1) & (GROUP_SLOTS - 1)
  }
  const group = groups + (<usize>groupCount << 6)
  for (let i: u32 = 0; i < groupColumns; i++) store<u32>(group + (<usize>i << 2), grouped(i))
  store<u32>(group, 0, 44)
  groupCount++
  store<u32>(groupSlots + (<usize>slot << 2), groupCount)
  return group
}
