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
  asList: 'As text',
  windowOf: (name: string) => `exposure window: ${name}`,
  windowFor: (name: string, span: string) => `${name}: exposure window of this server, ${span} UTC`,
  build: (build: string) => `build ${build}`,
  buildFrom: (build: string, time: string) => `Build ${build} first seen ${time} UTC`,
  updates: 'Updates',
  coverage: {
    label: (kinds: string, span: string) =>
      `Entries by log and time: ${written(kinds, 'log')}, ${span} UTC; table below`,
    hint: 'Arrow keys move, Enter shows the files of that time.',
    unit: { day: 'Days', week: 'Weeks', month: 'Months' },
    unitLabel: 'Column unit',
    earlier: 'Earlier',
    later: 'Later',
    page: (page: string, of: string) => `part ${page} of ${of}`,
    findingsRow: 'Findings',
    noLogRow: 'No log for an answer',
    noLogFor: (span: string) => `No log covers this period, which an answer requires: ${span} UTC`,
    ofKind: (kind: string, when: string) => `${kind}, ${when} UTC`,
    cell: {
      outside: 'outside the period of this log',
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
      empty: 'within the period of the log, no entry',
      outside: 'blank: outside the period of the log',
      hole: 'log gap',
      window: 'exposure window of a campaign',
      build: 'another build',
      finding: 'findings of this log (level medium or above)',
      findings: 'findings at that time (taller: more)',
    },
    undated: (kinds: string) => `Not shown, because they have no times: ${kinds}.`,
    filesOf: (kind: string) => `Files with ${kind}`,
    notAllFiles: (files: string) =>
      `This page contains only the first files (${files} in total). The result folder lists all.`,
    noFiles: 'No file contains entries of this log at this time.',
    hole: (span: string, lasting: string) => `${span} UTC (${lasting})`,
    whole: 'No log gap within the period of this log.',
    hoursOf: (hours: string) => `${hours} within the period of this log`,
    table: { path: 'File', first: 'First entry', last: 'Last entry', events: 'Entries' },
  },
  timeline: {
    label: (findings: string, span: string) =>
      `Findings over time, a lane for each stage: ${findings}, ${span} UTC; table below`,
    hint: 'Arrow keys select a mark, Enter opens it. Plus and minus zoom, Page Up and Page Down move, Home shows everything, F filters by the period shown. With the mouse: drag to select a period. Drag with Shift to move. Click the chart, then use the wheel to zoom.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    earlier: 'Earlier',
    later: 'Later',
    whole: 'All',
    toRange: 'Zoom to selection',
    filter: 'Filter findings by this period',
    clear: 'Clear selection',
    chosen: (span: string, findings: string) => `Selected: ${span} UTC, ${findings}.`,
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
      many: 'several at that time (taller: more)',
      lasts: 'from first to last entry',
      story: 'of the highlighted attack chain',
    },
  },
  path: {
    label: (nodes: string, edges: string) =>
      `Attack path: ${written(nodes, 'item')}, ${written(edges, 'step')}; text below`,
    hint: 'Arrow keys select an item, Enter shows its findings.',
    show: 'Show',
    all: 'all findings',
    allStories: 'all attack chains',
    kinds: {
      client: 'Address',
      endpoint: 'Requested page',
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
    /** Names in a sentence, where the name alone does not show its kind. */
    named: {
      shell: (name: string) => `the web shell ${name}`,
      mailbox: (name: string) => `the mailbox of ${name}`,
    },
    /** Verbs of arrows into an item of each kind, by the kind of their origin. */
    verbs: {
      endpoint: 'requested',
      shell: { client: 'used', other: 'created' },
      process: { shell: 'started', other: 'resulted in' },
      account: { process: 'ran as', joined: 'was followed by actions of the account', other: 'was logged on as' },
      mailbox: 'accessed',
    },
    joined: 'inferred from the attack chain, not logged',
    joinedShort: 'inferred',
    step: (from: string, verb: string, to: string) => `${from} ${verb} ${to}`,
    goesOn: (path: string, verb: string, to: string) => `${path}, which ${verb} ${to}`,
    node: (kind: string, name: string, findings: string) => `${kind} ${name}: ${findings}`,
    legend: {
      seen: 'logged',
      joined: 'inferred from the attack chain, not logged',
      width: 'width: number of findings',
    },
    none: 'No finding connects an address, a page, an account or a mailbox with another.',
  },
  exposure: {
    label: (cves: string, span: string) =>
      `Builds and periods of exposure for each vulnerability (${cves}), ${span} UTC; table below`,
    builds: 'Build',
    firstStep: 'first successful step',
    firstStepLong: (time: string, title: string) => `First successful step: ${time} UTC, ${title}`,
    published: 'published',
    publishedOn: (day: string) => `published ${day}`,
    publishedLater: (state: string, day: string) => `${state}, published later (${day})`,
    reachShort: 'log coverage',
    noBuild: 'no build known',
  },
}
