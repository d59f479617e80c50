import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { KindCoverage } from '../../src/model/coverage.ts'
import type { Intrusion, Finding } from '../../src/model/finding.ts'
import {
  columnAt,
  gridColumns,
  columnUnits,
  filesOf,
  findingsByColumn,
  holesIn,
  hoursOf,
  kindsOf,
  middleOf,
  pageOf,
  gridPages,
  reachOf,
  rowsOf,
  unitFor,
} from '../../web/charts/coverage-grid.ts'
import {
  buildBars,
  buildChanges,
  cveLanes,
  exposureSpan,
  firstSuccess,
  windowsOf,
} from '../../web/charts/exposure-lanes.ts'
import { formatOf } from '../../web/charts/format.ts'
import { type Graph, graphOf, nodeKinds, pathsOf, webPath } from '../../web/charts/graph.ts'
import { lanesOf, lanesOfIntrusion, lastingIn, lowerBound, marksOf, wholeSpan } from '../../web/charts/lanes.ts'
import { crossings, layoutOf, lineOf } from '../../web/charts/layout.ts'
import { inside, moved, scaleOf, SECOND, ticks, zoomed } from '../../web/charts/scale.ts'
import { BIN, drawingOf } from '../../web/charts/timeline-drawing.ts'
import { place, sample } from '../cli/command.ts'
import { runHere } from '../cli/in-process.ts'
import { busy, empty, fixture, hostile, quiet } from '../reports/fixture.ts'
import { longLog } from './long.ts'
import { large } from '../tenth.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'

const at = (text: string): number => Date.parse(text)
const iso = (time: number): string => new Date(time).toISOString()

describe('scale', () => {
  it('ticks are round at every zoom, inside the span, in order, and no more than asked for', () => {
    const middle = at('2021-03-03T04:23:22.370Z')
    for (let size = 5; size < 400 * 365 * DAY; size *= 1.7) {
      const span = { from: middle - size / 2, to: middle + size / 2 }
      const marks = ticks(span, 10)
      assert.ok(marks.length >= 1 && marks.length <= 11, `${marks.length} ticks in ${size} ms`)
      for (const [i, { time, unit }] of marks.entries()) {
        assert.ok(time >= span.from && time < span.to)
        assert.ok(i === 0 || time > marks[i - 1]!.time)
        if (unit === 'second') assert.equal(time % SECOND, 0)
        if (unit === 'minute') assert.equal(time % MINUTE, 0)
        if (unit === 'hour') assert.equal(time % HOUR, 0)
        if (unit === 'day') assert.equal(time % DAY, 0)
        if (unit === 'month') assert.match(iso(time), /-01T00:00:00.000Z$/)
        if (unit === 'year') assert.match(iso(time), /-01-01T00:00:00.000Z$/)
      }
    }
  })

  it('steps of a week are Mondays', () => {
    const marks = ticks({ from: at('2021-02-01T00:00:00Z'), to: at('2021-03-29T00:00:00Z') }, 9)
    assert.deepEqual(
      marks.map(({ time }) => new Date(time).getUTCDay()),
      marks.map(() => 1),
    )
    assert.equal(iso(marks[0]!.time), '2021-02-01T00:00:00.000Z')
  })

  it('no ticks where there is no time', () => {
    assert.deepEqual(ticks({ from: 5, to: 5 }, 10), [])
    assert.deepEqual(ticks({ from: 0, to: Infinity }, 10), [])
  })

  it('places and times go both ways, and parts are cut to the plot', () => {
    const scale = scaleOf({ from: 1000, to: 2000 }, 100, 300)
    assert.equal(scale.x(1500), 200)
    assert.equal(scale.time(200), 1500)
    assert.deepEqual(scale.part(0, 1500), { x: 100, width: 100 })
    assert.deepEqual(scale.part(null, null), { x: 100, width: 200 })
    assert.deepEqual(scale.part(1999, 5000, 4), { x: 296, width: 4 })
    assert.equal(scale.part(2000, 3000), null)
    assert.equal(scale.part(0, 999), null)
  })

  it('zoom keeps the time under the pointer, and neither zoom nor move leaves the whole', () => {
    const limits = { whole: { from: 0, to: 1000 }, least: 10 }
    assert.deepEqual(zoomed({ from: 0, to: 1000 }, 0.5, 250, limits), { from: 125, to: 625 })
    assert.deepEqual(zoomed({ from: 0, to: 20 }, 0.1, 10, limits), { from: 5, to: 15 })
    assert.deepEqual(zoomed({ from: 900, to: 1000 }, 100, 950, limits), { from: 0, to: 1000 })
    assert.deepEqual(moved({ from: 100, to: 200 }, -5, limits), { from: 0, to: 100 })
    assert.deepEqual(inside({ from: 990, to: 1090 }, limits.whole), { from: 900, to: 1000 })
  })
})

describe('format', () => {
  const f = formatOf('en-GB')

  it('times are UTC, and say no more than they must', () => {
    assert.equal(f.moment(at('2021-03-03T04:23:22.370Z')), '2021-03-03 04:23:22.370')
    assert.equal(f.moment(at('2021-03-03T04:23:22Z')), '2021-03-03 04:23:22')
    assert.equal(
      f.span({ from: at('2021-03-03T04:23:22Z'), to: at('2021-03-03T05:00:00Z') }),
      '2021-03-03 04:23:22 – 05:00:00',
    )
    assert.equal(
      f.view({ from: at('2021-03-03T04:23:22Z'), to: at('2022-03-03T05:00:00Z') }),
      '2021-03-03 – 2022-03-03',
    )
    assert.equal(f.lasting(3 * DAY + 4 * HOUR + MINUTE), '3 days 4 hrs')
    assert.equal(f.lasting(0), '0 ms')
    assert.equal(f.moment(NaN), '?????????? ????????????')
  })

  it('ticks and what they share go by the unit, in the language of the texts', () => {
    const time = at('2021-03-03T04:23:22.370Z')
    assert.deepEqual(
      (['millisecond', 'second', 'minute', 'day', 'month', 'year'] as const).map((unit) => [
        f.tick({ time, unit }),
        f.context({ time, unit }),
      ]),
      [
        ['22.370', '3 Mar 2021, 04:23'],
        ['04:23:22', '3 Mar 2021'],
        ['04:23', '3 Mar 2021'],
        ['3 Mar', '2021'],
        ['Mar', '2021'],
        ['2021', ''],
      ],
    )
    assert.equal(formatOf('de').tick({ time, unit: 'month' }), 'Mär')
    assert.equal(formatOf('de').number(12345), '12.345')
  })
})

describe('lanes', () => {
  it('findings by stage in the order of stages and time; those without a time are counted', () => {
    const { lanes, untimed } = lanesOf(fixture.findings)
    assert.equal(untimed, 1)
    assert.deepEqual(
      lanes.map(({ stage, findings }) => [stage, findings.map(({ id }) => id).join()]),
      [
        ['recon', 'a1f7'],
        ['attempt', 'a1f0,a1f8'],
        ['access', 'a1f1'],
        ['write', 'a1f2'],
        ['shell', 'a1f3'],
        ['execution', 'a1f4'],
        ['credentials', 'a1f5'],
        ['collection', 'a1f6'],
        ['cleanup', 'a1f9'],
      ],
    )
    assert.deepEqual(lanesOf([]), { lanes: [], untimed: 0 })
    assert.equal(wholeSpan([]), null)
  })

  it('every finding of a view is in exactly one mark, at any zoom', () => {
    const { lanes } = lanesOf(longLog(50_000).findings)
    const whole = wholeSpan(lanes)!
    const [lane] = lanes
    for (let size = whole.to - whole.from; size > 20; size /= 9) {
      const view = {
        from: whole.from + (whole.to - whole.from - size) / 3,
        to: whole.from + (whole.to - whole.from - size) / 3 + size,
      }
      const marks = marksOf(lane!, view, 900, BIN)
      const inView = lane!.at.filter((t) => t >= view.from && t < view.to).length
      assert.equal(
        marks.reduce((sum, m) => sum + m.to - m.from, 0),
        inView,
      )
      assert.ok(marks.length <= 900 / BIN + 1)
      for (const [i, m] of marks.entries()) {
        assert.ok(i === 0 || m.from === marks[i - 1]!.to)
        assert.ok(m.x >= 0 && m.x <= 900)
      }
    }
  })

  it('at the finest zoom findings of the same moment are one mark, and others are apart', () => {
    const twin = (id: string, time: string): Finding => ({ ...fixture.findings[0]!, id, time, first: time, last: time })
    const { lanes } = lanesOf([
      twin('a', '2021-03-03T04:23:22.370Z'),
      twin('b', '2021-03-03T04:23:22.370Z'),
      twin('c', '2021-03-03T04:23:22.375Z'),
    ])
    const from = at('2021-03-03T04:23:22.360Z')
    assert.deepEqual(
      marksOf(lanes[0]!, { from, to: from + 20 }, 900, BIN).map((m) => [m.x, m.from, m.to]),
      [
        [450, 0, 2],
        [675, 2, 3],
      ],
    )
  })

  it('what lasts is seen from the middle of its time', () => {
    const { lanes } = lanesOf(fixture.findings)
    const lane = lanes.find(({ stage }) => stage === 'shell')!
    const view = { from: at('2021-03-04T00:00:00Z'), to: at('2021-03-04T01:00:00Z') }
    assert.deepEqual(marksOf(lane, view, 900, BIN), [])
    assert.deepEqual(lastingIn(lane, view, 1, 10), [0])
    assert.deepEqual(lastingIn(lane, { from: at('2021-03-06T00:00:00Z'), to: at('2021-03-07T00:00:00Z') }, 1, 10), [])
  })

  it('an intrusion has lanes of its own', () => {
    const lanes = lanesOfIntrusion(fixture.findings, fixture.intrusions[1]!)
    assert.deepEqual(
      lanes.flatMap(({ findings }) => findings.map(({ id }) => id)),
      ['a1f7', 'a1f8'],
    )
  })

  it('lower bound', () => {
    const times = Float64Array.of(1, 3, 3, 5)
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((t) => lowerBound(times, t)),
      [0, 0, 1, 1, 3, 3, 4],
    )
  })

  it('a drawing of 50,000 findings is no larger than one of the pixels', () => {
    const { lanes } = lanesOf(longLog(50_000).findings)
    const view = wholeSpan(lanes)!
    const drawing = drawingOf({ lanes, bright: null, view, left: 190, right: 990, top: 40, row: 30, narrow: false })
    const marks = drawing.lanes.reduce((sum, { bars, dots }) => sum + (bars + dots).split('M').length - 1, 0)
    assert.ok(marks > 300 && marks <= lanes.length * (800 / BIN + 1), `${marks} marks`)
    assert.doesNotMatch(JSON.stringify(drawing.lanes), /NaN|Infinity/)
  })
})

describe('coverage grid', () => {
  const { drawn } = kindsOf(fixture)
  const reach = reachOf(drawn)!

  it('reaches over the days of logs; states do not stretch it, and stand last', () => {
    assert.deepEqual([iso(reach.from), iso(reach.to)], ['2021-02-20T00:00:00.000Z', '2021-03-15T00:00:00.000Z'])
    assert.equal(drawn.at(-1)!.kind, 'web-roots')
    const state: KindCoverage = { ...drawn.at(-1)!, days: [['1999-01-01', 3]] }
    assert.equal(reachOf([drawn[0]!, state])!.from, reachOf([drawn[0]!])!.from)
    assert.equal(reachOf([]), null)
    assert.deepEqual(kindsOf(empty), { drawn: [], undated: [] })
  })

  it('days, weeks from Monday and months hold every day once', () => {
    for (const unit of columnUnits) {
      const columns = gridColumns(reach, unit)
      assert.ok(columns[0]!.from <= reach.from && columns.at(-1)!.to >= reach.to)
      for (const [i, { from, to }] of columns.entries()) {
        assert.ok(to > from && (i === 0 || from === columns[i - 1]!.to))
        assert.equal(columnAt(columns, from), i)
        assert.equal(columnAt(columns, to - 1), i)
        if (unit === 'week') assert.equal(new Date(from).getUTCDay(), 1)
        if (unit === 'month') assert.equal(new Date(from).getUTCDate(), 1)
      }
      assert.equal(columnAt(columns, columns[0]!.from - 1), -1)
      assert.equal(columnAt(columns, columns.at(-1)!.to), -1)
      assert.equal(columnAt(columns, NaN), -1)
      const sums = rowsOf(drawn, columns).map(({ cells }) => cells.reduce((sum, { entries }) => sum + entries, 0))
      assert.deepEqual(
        sums,
        drawn.map((k) => k.days.reduce((sum, [, n]) => sum + n, 0)),
      )
    }
  })

  it('the unit is the finest that has room, and pages hold what has none, of any length', () => {
    const years = { from: at('2019-01-01T00:00:00Z'), to: at('2021-01-01T00:00:00Z') }
    assert.deepEqual(
      [800, 400, 110, 50].map((most) => unitFor(years, most)),
      ['day', 'week', 'week', 'month'],
    )
    assert.equal(gridPages(years, 'day', 100), 8)
    const all = Array.from({ length: 8 }, (_, page) => gridColumns(years, 'day', 100, page)).flat()
    assert.deepEqual(all, gridColumns(years, 'day'))
    assert.equal(pageOf(years, 'day', 100, at('2019-04-15T00:00:00Z')), 1)
    assert.equal(pageOf(years, 'day', 100, at('2031-01-01T00:00:00Z')), 7)
    const kind: KindCoverage = { ...drawn[0]!, days: [['1601-01-01', 1], ...drawn[0]!.days, ['9998-12-31', 1]] }
    assert.equal(iso(middleOf([drawn.at(-1)!, kind])).slice(0, 7), '2021-03')
    const wrong = { from: at('1601-01-01T00:00:00Z'), to: Date.UTC(9999, 0, 1) }
    assert.equal(gridColumns(wrong, 'day', 100, 5).length, 100)
  })

  it('a day without entries within the reach of its log is told from one outside', () => {
    const kind: KindCoverage = {
      ...drawn[0]!,
      days: [
        ['2021-03-02', 10],
        ['2021-03-04', 1000],
      ],
    }
    const columns = gridColumns({ from: at('2021-03-01T00:00:00Z'), to: at('2021-03-06T00:00:00Z') }, 'day')
    assert.deepEqual(
      rowsOf([kind], columns)[0]!.cells.map(({ is, shade }) => `${is} ${shade}`),
      ['outside 0', 'entries 1', 'empty 0', 'entries 4', 'outside 0'],
    )
    assert.deepEqual(
      rowsOf([{ ...kind, kind: 'web-roots' }], columns)[0]!.cells.map(({ is }) => is),
      ['outside', 'entries', 'outside', 'entries', 'outside'],
    )
  })

  it('holes and hours of a day', () => {
    const day = { from: at('2021-03-05T00:00:00Z'), to: at('2021-03-06T00:00:00Z') }
    const frontend = drawn.find(({ kind }) => kind === 'iis-frontend')!
    assert.deepEqual(hoursOf(frontend, day), { of: 24, missing: 9 })
    assert.deepEqual(hoursOf(frontend, { from: 0, to: DAY }), { of: 0, missing: 0 })
    assert.deepEqual(
      holesIn(frontend, { from: day.from, to: at('2021-03-05T06:00:00Z') }).map(({ from, to }) => [iso(from), iso(to)]),
      [['2021-03-05T02:00:00.000Z', '2021-03-05T06:00:00.000Z']],
    )
  })

  it('files are those of the kind that have entries then', () => {
    const day = { from: at('2021-03-03T00:00:00Z'), to: at('2021-03-04T00:00:00Z') }
    const { manifest } = fixture.evidence
    assert.deepEqual(
      filesOf(manifest, 'iis-frontend', day).map(({ path }) => path.slice(-14)),
      ['u_ex210303.log', 'u_ex210305.log', 'u_ex210306.log'],
    )
    assert.deepEqual(filesOf(manifest, 'ews', day), [])
    assert.deepEqual(filesOf(manifest, 'iis-frontend', { from: day.to + DAY, to: day.to + 2 * DAY }), [])
  })

  it('findings fall into their days', () => {
    const columns = gridColumns(reach, 'day')
    const { all, counting } = findingsByColumn(fixture.findings, columns)
    assert.equal(all[columnAt(columns, at('2021-03-03T12:00:00Z'))]!.length, 6)
    assert.equal(all.flat().length, 10)
    assert.deepEqual([...counting.keys()].includes('iis-backend'), false)
  })

  it('two years of forty logs', () => {
    const long = longLog(0)
    const kinds = kindsOf(long).drawn
    const columns = gridColumns(reachOf(kinds)!, 'week')
    assert.equal(columns.length, 105)
    assert.equal(rowsOf(kinds, columns).length, 40)
  })
})

describe('graph', () => {
  const names = ({ nodes }: Graph, kind: string): string[] =>
    nodes.filter((node) => node.kind === kind).map(({ name, others }) => (others > 0 ? `+${others}` : name))
  const told = (graph: Graph): string[] =>
    pathsOf(graph).map((path) => [path[0]!.from, ...path.map((e) => `${e.joined ? '~' : ''}${e.to}`)].join(' > '))

  it('the story of the fixture: from an address through a page to a shell, a program, and mail', () => {
    const graph = graphOf(fixture, fixture.intrusions)
    assert.deepEqual(names(graph, 'client').sort(), ['192.0.2.10', '198.51.100.23', '203.0.113.77'])
    assert.deepEqual(names(graph, 'shell'), ['/aspnet_client/discover.aspx'])
    assert.deepEqual(names(graph, 'process'), ['cmd.exe'])
    assert.deepEqual(names(graph, 'mailbox'), ['a.archer@example.com'])
    const paths = told(graph)
    assert.ok(
      paths.includes('client 203.0.113.77 > endpoint /ews/exchange.asmx > mailbox a.archer@example.com'),
      paths.join('\n'),
    )
    assert.ok(
      paths.some((path) =>
        path.startsWith('client 198.51.100.23 > shell /aspnet_client/discover.aspx > ~process cmd.exe'),
      ),
      paths.join('\n'),
    )
  })

  it('one intrusion tells of its own findings alone', () => {
    const graph = graphOf(fixture, [fixture.intrusions[1]!])
    assert.deepEqual(names(graph, 'client'), ['192.0.2.10'])
    assert.deepEqual(names(graph, 'shell'), [])
  })

  it('one edge goes on in another only where a finding or an intrusion tells of both', () => {
    const one: Finding = { ...fixture.findings[1]!, intrusion: null, log: 'iis-backend', stage: 'access' }
    const findings: Finding[] = [
      { ...one, id: 'x', client: '192.0.2.1', target: '/a', user: 'EXAMPLE\\MAIL01$' },
      { ...one, id: 'y', client: null, target: 'someone@example.com', user: 'EXAMPLE\\MAIL01$', stage: 'collection' },
    ]
    assert.deepEqual(told(graphOf({ ...fixture, findings, mailboxes: [] }, null)), [
      'client 192.0.2.1 > endpoint /a > account example\\mail01$',
      'account example\\mail01$ > mailbox someone@example.com',
    ])
  })

  it('pages by the name under which they are served, whatever the row calls them', () => {
    const row: Readonly<Record<string, string | null>> = {
      'MAIL01.example.com:444/EWS/Exchange.asmx': '/EWS/Exchange.asmx',
      'https://mail.example.com/owa/?x=1': '/owa/',
      '/ecp/y.js': '/ecp/y.js',
      'C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx': '/aspnet_client/x.aspx',
      'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\x.aspx': '/owa/auth/x.aspx',
      'C:\\Windows\\System32\\cmd.exe': null,
      'Set-OabVirtualDirectory': null,
      [hostile.link]: null,
      [hostile.formula]: null,
    }
    for (const [target, page] of Object.entries(row)) assert.equal(webPath(target), page, target)
  })

  it('hostile names stay text, are no keys, and make no node two', () => {
    const evil = ['__proto__', 'constructor', hostile.script, hostile.bidi, 'a\nb', 'client x']
    const findings = evil.flatMap((client, i) => [
      {
        ...fixture.findings[0]!,
        id: `e${i}`,
        client,
        user: evil[(i + 1) % evil.length]!,
        target: '/x',
        intrusion: null,
      },
    ])
    const graph = graphOf({ ...fixture, findings }, null)
    assert.deepEqual(names(graph, 'client').sort(), [...evil].sort())
    assert.equal(new Set(graph.nodes.map(({ id }) => id)).size, graph.nodes.length)
    for (const { from, to } of graph.edges) assert.ok([from, to].every((id) => graph.nodes.some((n) => n.id === id)))
    assert.equal(pathsOf(graph).length, evil.length)
  })

  it('nothing is found where nothing is', () => {
    for (const report of [quiet, empty]) assert.deepEqual(graphOf(report, null), { nodes: [], edges: [] })
  })

  void large('50,000 findings: few nodes, every finding in one of them, every edge told', () => {
    const report = longLog(50_000)
    const graph = graphOf(report, null)
    for (const kind of nodeKinds) assert.ok(graph.nodes.filter((n) => n.kind === kind).length <= 9)
    const rest = graph.nodes.find((n) => n.kind === 'client' && n.others > 0)!
    assert.ok(rest.others > 100)
    const shown = new Set(graph.nodes.flatMap((n) => n.findings))
    assert.ok(report.findings.filter((f) => f.id.startsWith('s')).every((f) => shown.has(f)))
    const edges = new Set(pathsOf(graph).flat())
    assert.equal(edges.size, graph.edges.length)
    // Those of a story stand by themselves.
    assert.ok(names(graph, 'client').includes('203.0.113.77'))
  })

  void large('50,000 findings of one intrusion', () => {
    const report = busy(50_000)
    const findings = report.findings.map((f) => ({ ...f, intrusion: 'c-1' }))
    const intrusion: Intrusion = { ...fixture.intrusions[0]!, findings: findings.map(({ id }) => id) }
    const graph = graphOf({ ...report, findings, intrusions: [intrusion] }, [intrusion])
    assert.ok(graph.nodes.length <= 9 * nodeKinds.length && graph.edges.length > 0)
  })

  void large(
    'the bundled sample: the same from the page, which holds no values of rows, and the main story in it',
    async () => {
      const out = join(place(), 'out')
      const { status, err } = await runHere(['assess', sample, '--out', out, '--quiet'])
      assert.equal(status, 5, err)
      const report = JSON.parse(readFileSync(join(out, 'MAIL01', 'assessment.json'), 'utf8')) as Assessment
      const graph = graphOf(report, report.intrusions)
      const bare = { ...report, findings: report.findings.map((f) => ({ ...f, facts: {}, locators: [] })) }
      assert.deepEqual(told(graphOf(bare, report.intrusions)), told(graph))
      const paths = told(graph)
      for (const path of [
        'client 203.0.113.177 > endpoint /ecp/ddi/ddiservice.svc/setobject > ~shell /aspnet_client/system_web/discover2.aspx > ~process cmd.exe > account contoso\\mail01$',
        'client 203.0.113.177 > endpoint /ews/exchange.asmx > account contoso\\mail01$ > mailbox ceo@contoso.example',
        'client 203.0.113.177 > endpoint /ews/exchange.asmx > account contoso\\mail01$ > mailbox legal@contoso.example',
      ])
        assert.ok(paths.includes(path), paths.join('\n'))
      assert.equal(firstSuccess(report)!.title, 'ProxyLogon SSRF to Autodiscover Answered')
      assert.ok(crossings(layoutOf(graph, { width: 944, node: { width: 132, height: 40 }, gap: 12, top: 26 })) < 12)
    },
  )

  it('edges only ever go from one column to a later one', () => {
    for (const report of [fixture, busy(500), longLog(2000)]) {
      const graph = graphOf(report, null)
      const kind = new Map(graph.nodes.map((n) => [n.id, nodeKinds.indexOf(n.kind)]))
      for (const { from, to } of graph.edges) assert.ok(kind.get(from)! < kind.get(to)!)
    }
  })
})

describe('layout', () => {
  const sizes = { width: 900, node: { width: 132, height: 40 }, gap: 12, top: 26 }

  it('nodes stand in their columns, inside the picture, and do not overlap', () => {
    for (const report of [fixture, busy(500), longLog(3000)]) {
      const graph = graphOf(report, null)
      const { nodes, width, height, columns } = layoutOf(graph, sizes)
      assert.equal(nodes.length, graph.nodes.length)
      for (const { node, x, y } of nodes) {
        assert.equal(x, columns.find(({ kind }) => kind === node.kind)!.x)
        assert.ok(x >= 0 && x + 132 <= width && y >= 26 && y + 40 <= height + 0.1)
      }
      for (const a of nodes)
        for (const b of nodes)
          assert.ok(a === b || a.x !== b.x || Math.abs(a.y - b.y) >= 40, `${a.node.id} ${b.node.id}`)
    }
  })

  it('the same findings give the same picture, in whatever order they come', () => {
    const there = layoutOf(graphOf(fixture, null), sizes)
    const back = layoutOf(graphOf({ ...fixture, findings: [...fixture.findings].reverse() }, null), sizes)
    const places = ({ nodes }: typeof there): string[] => nodes.map(({ node, x, y }) => `${node.id} ${x} ${y}`).sort()
    assert.deepEqual(places(back), places(there))
    assert.deepEqual([...back.ways], [...there.ways])
  })

  it('the order of columns undoes crossings that can be undone', () => {
    const f = (client: string, target: string): Finding => ({
      ...fixture.findings[0]!,
      id: client,
      client,
      target,
      intrusion: null,
    })
    // By weight and name alone, /a would stand above /b and both edges would cross.
    const findings = [f('192.0.2.1', '/b'), f('192.0.2.2', '/a')]
    assert.equal(crossings(layoutOf(graphOf({ ...fixture, findings }, null), sizes)), 0)
  })

  it('every edge has a way from its node to its node', () => {
    const graph = graphOf(fixture, null)
    const { ways, nodes } = layoutOf(graph, sizes)
    const place = new Map(nodes.map((n) => [n.node.id, n]))
    for (const { id, from, to } of graph.edges) {
      const way = ways.get(id)!
      assert.deepEqual([way[0]!.x, way.at(-1)!.x], [place.get(from)!.x + 132, place.get(to)!.x])
      assert.match(lineOf(way), /^M[\d.,]+(?:[LC][\d., ]+)+$/)
    }
  })
})

describe('exposure lanes', () => {
  it('those of findings first, then those used in the wild', () => {
    const lanes = cveLanes(fixture)
    assert.deepEqual(
      lanes.map(({ cve }) => cve.cve),
      ['CVE-2021-26855', 'CVE-2021-27065', 'CVE-2021-26857'],
    )
    assert.deepEqual(
      lanes[1]!.bars.map(({ is }) => is),
      ['open', 'mitigated', 'fixed'],
    )
    assert.equal(lanes[0]!.bars.at(-1)!.to, null)
    assert.deepEqual(lanes[2]!.bars, [{ from: null, to: null, is: 'unknown', source: 'build history' }])
  })

  it('one made public after the evidence ends stands behind those that were known', () => {
    const [first] = fixture.exposure.cves
    const later = { ...first!, cve: 'CVE-2030-0001', published: '2030-01-01' }
    const earlier = { ...first!, cve: 'CVE-2020-0001', published: '2020-01-01' }
    const lanes = cveLanes({ ...fixture, findings: [], exposure: { ...fixture.exposure, cves: [later, earlier] } })
    assert.deepEqual(
      lanes.map(({ cve }) => cve.cve),
      ['CVE-2020-0001', 'CVE-2030-0001'],
    )
  })

  it('builds, changes and windows', () => {
    assert.deepEqual(
      buildBars(fixture).map(({ is }) => is),
      ['15.1.2106.2', '15.1.2106.13'],
    )
    assert.deepEqual(buildChanges(fixture), [{ time: at('2021-03-09T21:40:00Z'), build: '15.1.2106.13' }])
    assert.deepEqual(
      windowsOf(fixture).map(({ name }) => name),
      ['ProxyLogon (March 2021)'],
    )
    assert.deepEqual(buildChanges(empty), [])
  })

  it('the first success is one that an answer rests on, and no attempt', () => {
    assert.equal(firstSuccess(fixture)!.id, 'a1f1')
    assert.equal(firstSuccess(quiet), null)
  })

  it('a build of long ago does not squeeze the time of the logs', () => {
    const span = exposureSpan(fixture, cveLanes(fixture))!
    assert.ok(span.from > at('2021-01-01T00:00:00Z') && span.to > at('2021-03-14T00:00:00Z'))
    assert.equal(exposureSpan(empty, []), null)
  })
})
