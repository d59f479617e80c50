const n = (count: number, number: string, one: string, many = `${one}s`): string =>
  `${number} ${count === 1 ? one : many}`

/** The same of a number as it is written. */
const written = (number: string, one: string, many = `${one}s`): string => `${number} ${number === '1' ? one : many}`

/** What the drawn parts of the report say. Numbers and times come written. */
export const charts = {
  locale: 'en-GB',
  utc: 'UTC',
  findings: (count: number, number: string) => n(count, number, 'finding'),
  entries: (count: number, number: string) => n(count, number, 'entry', 'entries'),
  files: (count: number, number: string) => n(count, number, 'file'),
  hours: (count: number, number: string) => n(count, number, 'hour'),
  unknownTime: 'time unknown',
  until: (time: string) => `until ${time}`,
  since: (time: string) => `from ${time} on`,
  more: (number: string) => `… and ${number} more`,
  showAll: (number: string) => `Show all ${number}`,
  showFewer: 'Show fewer',
  close: 'Close',
  asList: 'The same in sentences',
  windowOf: (name: string) => `window: ${name}`,
  windowFor: (name: string, span: string) => `${name}: the time in which it could have happened here, ${span} UTC`,
  build: (build: string) => `build ${build}`,
  buildFrom: (build: string, time: string) => `Build ${build} first seen ${time} UTC`,
  updates: 'Updates',
  coverage: {
    label: (kinds: string, span: string) =>
      `Entries by log and time: ${written(kinds, 'log')}, ${span} UTC; the same follows as a table`,
    hint: 'Arrow keys move, Enter shows the files of that time.',
    unit: { day: 'Days', week: 'Weeks', month: 'Months' },
    unitLabel: 'One column is one of',
    earlier: 'Earlier',
    later: 'Later',
    page: (page: string, of: string) => `part ${page} of ${of}`,
    findingsRow: 'Findings',
    noLogRow: 'No log for an answer',
    noLogFor: (span: string) => `No log covers this time, which an answer needs: ${span} UTC`,
    ofKind: (kind: string, when: string) => `${kind}, ${when} UTC`,
    cell: {
      outside: 'outside the reach of this log',
      empty: 'no entry',
    },
    missing: (missing: string, of: string) =>
      missing === of
        ? of === '1'
          ? 'the hour is missing'
          : `all ${of} hours missing`
        : missing === '0'
          ? `no hour of ${of} missing`
          : `${missing} of ${of} hours missing`,
    legend: {
      few: 'few',
      many: 'many entries a day',
      empty: 'log reaches over this time, no entry',
      outside: 'blank: outside the reach of the log',
      hole: 'log gap',
      window: 'window of a campaign',
      build: 'another build',
      finding: 'findings of this log (level medium or above)',
      findings: 'findings of that time, taller the more',
    },
    undated: (kinds: string) => `Without a time of their own, and so not drawn: ${kinds}.`,
    filesOf: (kind: string) => `Files with ${kind}`,
    notAllFiles: (files: string) =>
      `Only the first files (${files} in all) are in this page: the result folder lists all.`,
    noFiles: 'No file of the evidence has entries of this log at this time.',
    hole: (span: string, lasting: string) => `${span} UTC (${lasting})`,
    whole: 'No log gap in the reach of this log.',
    hoursOf: (hours: string) => `${hours} within the reach of this log`,
    table: { path: 'File', first: 'First entry', last: 'Last entry', events: 'Entries' },
  },
  timeline: {
    label: (findings: string, span: string) =>
      `Findings over time, a lane for each stage: ${findings}, ${span} UTC; the same follows as a table`,
    hint: 'Arrow keys go from mark to mark, Enter opens it, plus and minus zoom, Page Up and Page Down move, Home shows all, F filters by what is shown. With the mouse: drag to choose a time; drag with Shift to move; click into the chart and the wheel zooms.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    earlier: 'Earlier',
    later: 'Later',
    whole: 'All',
    toRange: 'Zoom to chosen time',
    filter: 'Filter findings by this time',
    clear: 'Clear chosen time',
    chosen: (span: string, findings: string) => `Chosen: ${span} UTC, ${findings}.`,
    showing: (span: string, lasting: string) => `Shown: ${span} UTC (${lasting})`,
    chain: 'Highlight',
    noChain: 'no attack chain',
    toChain: 'Zoom to the attack chain',
    story: (number: string, clients: string) => `attack chain ${number}${clients === '' ? '' : `: ${clients}`}`,
    mark: (stage: string, what: string, when: string) => `${stage}: ${what}, ${when}`,
    nothingHere: 'Point at a mark, or use the arrow keys.',
    zoomToThese: 'Zoom to these',
    legend: {
      single: 'a finding',
      many: 'several at that time, taller the more',
      lasts: 'from first to last row',
      story: 'of the highlighted attack chain',
    },
  },
  path: {
    label: (nodes: string, edges: string) =>
      `What led to what: ${written(nodes, 'thing')}, ${written(edges, 'step')}; the same follows in sentences`,
    hint: 'Arrow keys go from one to the next, Enter shows its findings.',
    show: 'Show',
    all: 'all findings',
    allStories: 'all attack chains',
    kinds: {
      client: 'Address',
      endpoint: 'Page asked for',
      shell: 'Web shell',
      process: 'Program',
      account: 'Account',
      mailbox: 'Mailbox',
    },
    others: {
      client: (number: string) => written(number, 'more address', 'more addresses'),
      endpoint: (number: string) => written(number, 'more page'),
      shell: (number: string) => written(number, 'more web shell'),
      process: (number: string) => written(number, 'more program'),
      account: (number: string) => written(number, 'more account'),
      mailbox: (number: string) => written(number, 'more mailbox', 'more mailboxes'),
    },
    rest: (number: string) => `and ${number} more`,
    /** How a thing stands in a sentence, where its name alone does not say what it is. */
    named: {
      shell: (name: string) => `the web shell ${name}`,
      mailbox: (name: string) => `the mailbox of ${name}`,
    },
    /** What an arrow into a thing of that kind says, by where it comes from. */
    verbs: {
      endpoint: 'asked for',
      shell: { client: 'used', other: 'left' },
      process: { shell: 'started', other: 'led to' },
      account: { process: 'ran as', joined: 'led to what was done by the account', other: 'was served as' },
      mailbox: 'reached',
    },
    joined: 'joined by the attack chain, no row says so',
    joinedShort: 'joined by the attack chain',
    step: (from: string, verb: string, to: string) => `${from} ${verb} ${to}`,
    goesOn: (path: string, verb: string, to: string) => `${path}, which ${verb} ${to}`,
    node: (kind: string, name: string, findings: string) => `${kind} ${name}: ${findings}`,
    legend: {
      seen: 'a row says so',
      joined: 'joined by the attack chain, no row says so',
      width: 'the wider, the more findings',
    },
    none: 'No finding connects an address, a page, an account or a mailbox with another, so there is nothing to draw.',
  },
  exposure: {
    label: (cves: string, span: string) =>
      `Builds, and from when to when each vulnerability (${cves}) was open, ${span} UTC; the same follows as a table`,
    builds: 'Build',
    firstStep: 'first success',
    firstStepLong: (time: string, title: string) => `First step that succeeded: ${time} UTC, ${title}`,
    published: 'made public',
    publishedOn: (day: string) => `made public ${day}`,
    publishedLater: (state: string, day: string) => `${state}, made public only ${day}`,
    reachShort: 'reach of the logs',
    noBuild: 'no build known',
  },
}
