import assert from 'node:assert/strict'
import { askAll } from '../../src/rules/match.ts'
import { readIndicatorList } from '../../src/rules/indicators/read-list.ts'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'
import { guardRegex } from '../../src/rules/safe-regex.ts'
import { readCondition } from '../../src/rules/sigma/condition.ts'
import { loadSigma } from '../../src/rules/sigma/load.ts'
import { RuleProblem } from '../../src/rules/sigma/rule-problem.ts'
import type { Test } from '../../src/rules/sigma/predicate.ts'
import { budget, patternItems } from '../../src/rules/indicators/stix.ts'
import { PatternProblem, readPattern } from '../../src/rules/indicators/stix-pattern.ts'
import { outline, YaraSyntax } from '../../src/rules/yara/source.ts'
import { event, file } from '../rules/sigma/rule.ts'
import { texts } from './seeds.ts'
import type { Target } from './targets.ts'

// Rules come from others too. A bad one is named and stops nothing; none may make a run slow.

const never: Test = {
  test: () => false,
  names: () => {},
  cost: 1,
  could: () => false,
  rest: new Set(),
  reads: new Set(['a']),
}
const selections: ReadonlyMap<string, Test> = new Map(
  ['a', 'b', 'selection', 'filter_1', 'filter_2'].map((name) => [name, never]),
)

const condition: Target = {
  name: 'sigma-condition',
  seeds: () =>
    texts('selection and not 1 of filter_*', 'all of them', '(a or b) and not (not b)', '2 of filter_* or any of sel*'),
  run: async (input) => {
    try {
      readCondition(input.toString('utf8'), (at) => at, selections)
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error
    }
  },
}

const head = 'title: A\nlogsource: {product: windows}\ndetection:\n'
const asked = event({
  CommandLine: 'cmd.exe /c whoami && echo [S]',
  EventID: 4624,
  Image: 'C:\\a\\b.exe',
  'cs-uri': '/a',
})

const rule: Target = {
  name: 'sigma-rule',
  seeds: () =>
    texts(
      `${head}  s: {CommandLine|contains|all: [whoami, '*cmd?exe'], EventID: [1, 4624]}\n  condition: s\n`,
      `${head}  s:\n    - Image|endswith|windash: '\\b.exe'\n    - CommandLine|base64offset|contains: abc\n  f: {A: null}\n  condition: s and not f\n`,
      `${head}  keywords: ['who*', &x '|']\n  s: {A|cidr: 10.0.0.0/8, B|re|i: 'a(b|c)+', C|exists: true, D|gt: 4, E: *x}\n  condition: 1 of them\n`,
      'title: B\ncorrelation: {type: event_count, rules: [a]}\n---\naction: global\n',
    ),
  run: async (input) => {
    const { events, broken } = loadSigma([file(input.toString('utf8'))])
    for (const each of broken) assert.equal(typeof each.detail, 'string')
    askAll(events)(asked)
  },
}

const hostile = [
  '',
  'a'.repeat(30_000),
  'ab'.repeat(5_000),
  '\\/'.repeat(2_000),
  ' \t'.repeat(5_000),
  '0'.repeat(40_000),
]

/** What is accepted answers soon, whatever the text: a pattern that backtracks without end runs into the time limit. */
const regex: Target = {
  name: 'rule-regex',
  seeds: () =>
    texts(
      '^(?:a|b)+\\d{2,5}[^x-z\\s]$',
      '(?i)x.*y(?=z)|(?<!q)w\\b',
      '(a)\\1{1,3}?',
      '[[:alpha:]]+\\x41\\u0042',
      '(a+)+$',
      '(\\w+\\s?)*$',
    ),
  run: async (input) => {
    const pattern = input.toString('utf8')
    const regex = guardRegex(pattern, { i: input.length % 2 === 0, s: input.length % 3 === 0 })
    if ('refused' in regex) return
    for (const text of [...hostile, pattern.repeat(1 + Math.floor(5_000 / (pattern.length + 1)))]) regex.test(text)
  },
}

const list: Target = {
  name: 'indicator-list',
  seeds: () =>
    texts(
      '192.0.2.1\n198.51.100.0/24\nevil.example\n# note\nhttp://a.example/b?c\n',
      'type,value,campaign\nip,192.0.2.1,proxylogon\nsha256,0000000000000000000000000000000000000000000000000000000000000000,x\nfilename,a.aspx,\n',
      'hxxp://b[.]example/x\n2001:db8::1\n\\\\?\\C:\\a\\*.aspx\n"Mozilla/5.0 (x)"\n',
      '{"type":"bundle","objects":[{"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":"[ipv4-addr:value = \'192.0.2.1\' OR file:name IN (\'a.aspx\', \'b.aspx\')]","valid_from":"2021-03-01T00:00:00Z","valid_until":"2021-03-02T00:00:00Z"},{"type":"indicator","id":"indicator--1","modified":"2021-03-01T00:00:00Z","revoked":true}]}',
      '{"response":[{"Event":{"info":"a","Attribute":[{"type":"filename|md5","to_ids":true,"value":"a|00112233445566778899aabbccddeeff"},{"type":"ip-src","deleted":true}],"Object":[{"name":"file","Attribute":[{"type":"stix2-pattern","to_ids":1,"value":"[url:value = \'http://a.example/\']"}]}]}}]}',
    ),
  run: async (input) => {
    for (const name of ['a.txt', 'a.csv']) {
      const { indicators, bad } = readIndicatorList(name, input.toString('utf8'))
      assert.ok(indicators.length + bad.length > 0)
    }
  },
}

const pattern: Target = {
  name: 'stix-pattern',
  seeds: () =>
    texts(
      "[file:hashes.'SHA-256' = 'aa' OR (file:name NOT IN ('a', \"b\") AND file:size >= -1.5)] WITHIN 5 SECONDS",
      "([a-b:c[*].d LIKE 'x%'] FOLLOWEDBY [EXISTS a:b] REPEATS 2 TIMES) AND [a:'b' = t'2021-03-01T00:00:00Z'] OR [a:b = h'ff']",
      "[a:b = 'it\\'s \\\\ here' AND a:b ISSUBSET '192.0.2.0/24'] START t'2021-03-01T00:00:00Z' STOP t'2021-03-02T00:00:00Z' /* c */ // d",
      "[file:name = 'a.dll' AND file:parent_directory_ref.path = 'C:\\\\a' AND (file:hashes.MD5 = 'x' OR file:hashes.MD5 IN ('y'))]",
    ),
  run: async (input) => {
    const text = input.toString('utf8')
    for (const item of patternItems(text, 'a', '', budget()))
      assert.ok('value' in item ? item.type !== '' : item.detail.length < 1000)
    try {
      readPattern(text)
    } catch (error) {
      if (!(error instanceof PatternProblem)) throw error
      assert.ok(error.at >= 1 && error.at <= text.length + 1)
    }
  },
}

const yara: Target = {
  name: 'yara-outline',
  seeds: () =>
    texts(
      'import "pe"\nprivate rule a : t1 t2 { meta: author = "b\\"c" n = 4 strings: $a = { 4d 5a [2-4] ( 00 | 01 ) } $b = /x\\/y/i condition: $a or #b > 2 }\n/* c */ // d\nrule e { condition: true }',
      'include "x.yar"\nglobal rule f { condition: for all i in (0..2) : ( uint8(i) == 0 ) }',
    ),
  run: async (input) => {
    try {
      const text = input.toString('utf8')
      for (const each of outline(text).rules)
        assert.ok(each.start >= 0 && each.start <= each.end && each.end <= text.length)
    } catch (error) {
      if (!(error instanceof YaraSyntax)) throw error
    }
  },
}

// Pages are evidence, and those of an intruder are written to confuse.
const page: Target = {
  name: 'page',
  seeds: () =>
    texts(
      '<%@ Page Language="C#" %><script runat="server">void F(string a) { b.FileName = a; } void G() { F(Request["a"]); }</script>',
      '<%\nSet a = CreateObject("WScript" & ".Shell")\nb = StrReverse("cba") & Chr(101)\na.Run Request("c")\n%>',
      `<% x("${Buffer.from('<% Request["a"] %>'.repeat(9)).toString('base64')}") %>`,
      '\u00ff\u00fe<\0%\0 \0%\0>\0',
    ),
  run: async (input) => {
    for (const { places } of pageFlow.scan(input))
      for (const [offset, length] of places) assert.ok(offset >= 0 && length >= 0 && offset <= input.length)
  },
}

export const ruleTargets: readonly Target[] = [condition, rule, regex, list, pattern, yara, page]
