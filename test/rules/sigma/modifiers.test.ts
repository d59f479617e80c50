import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FieldValue } from '../../../src/model/event.ts'
import { brokenBy, event, selection } from './rule.ts'

/** A line of a selection, values of the field `F` that it must match, and values that it must not. */
type Row = readonly [line: string, yes: readonly FieldValue[], no: readonly FieldValue[]]

const rows: Readonly<Record<string, readonly Row[]>> = {
  'plain text: whole value, without regard to case': [
    ["F: 'cmd.exe'", ['cmd.exe', 'CMD.EXE', ['x', 'Cmd.exe']], ['cmd.exe ', 'xcmd.exe', 'cmdxexe', '', null]],
    ["F: 'ÄRGER'", ['ärger', 'ÄRGER'], ['arger']],
    ["F: 'ΟΔΟΣ'", ['οδος', 'οδοσ', 'ΟΔΟΣ'], ['οδο']],
    ["F: 'ПРИВЕТ'", ['привет'], ['прив']],
    ['F: [a, b]', ['a', 'B'], ['c', 'ab']],
  ],
  'wildcards and their escapes': [
    ["F: 'Sec?rity'", ['Security', 'sec1rity'], ['MySec1rityLog', 'Secrity', 'Security2']],
    ["F: '*Sec?rity*'", ['MySec1rityLog', 'security'], ['Secrity']],
    ["F: 'a*c'", ['ac', 'abc', 'abcc'], ['abcd', 'xac']],
    ["F: 'a*b*c'", ['abc', 'a1b2c', 'abbcc'], ['acb', 'ab', 'ac']],
    ["F: 'ab*ba'", ['abba', 'ab-ba'], ['aba']],
    ["F: 'a?'", ['ab', 'a😀'], ['a', 'abc']],
    ["F: '?😀*'", ['a😀', '😀😀b'], ['😀']],
    ["F: '??'", ['ab', '😀😀'], ['a', 'abc', '😀']],
    ["F: '*??x'", ['abx', '😀bx'], ['ax', 'x']],
    ["F: '*a?b*c?d*'", ['--a1b--c2d--', 'aabbaXbcXd'], ['ab cd', 'c1d a1b']],
    [String.raw`F: 'a\*b'`, ['a*b'], ['axb', String.raw`a\*b`]],
    [String.raw`F: 'a\?b'`, ['a?b'], ['axb']],
    [String.raw`F: 'a\b'`, [String.raw`a\b`], ['ab']],
    [String.raw`F: 'a\\b'`, [String.raw`a\b`], [String.raw`a\\b`]],
    [String.raw`F: 'a\\*'`, [String.raw`a\b`, 'a\\'], ['a*', 'ab']],
    [String.raw`F: 'a\\\*'`, [String.raw`a\*`], [String.raw`a\b`]],
    [String.raw`F: '\\\\server'`, [String.raw`\\server`], [String.raw`\server`]],
    [String.raw`F: '\\\server'`, [String.raw`\\server`], [String.raw`\server`]],
    [String.raw`F: 'C:\Windows\'`, ['C:\\Windows\\'], ['C:\\Windows']],
    ["F: '*'", ['x', '', 0], [null]],
    ["F: '***'", ['x'], [null]],
    ["F: 'a.c'", ['a.c'], ['abc']],
    ["F: '[a]+('", ['[a]+('], ['a']],
  ],
  'contains, startswith, endswith': [
    ["F|contains: 'Whoami'", ['x WHOAMI /all', 'whoami'], ['who ami', null]],
    ["F|startswith: 'C:\\Win'", ['c:\\windows'], ['xc:\\windows']],
    ["F|endswith: '\\cmd.exe'", ['C:\\cmd.exe'], ['C:\\cmd.exe ', 'cmd.exe']],
    ["F|endswith: ['.asp', '.aspx', '.ashx', '.soap', '.a*x']", ['b.ASHX', 'b.asp', 'b.asmx'], ['b.asp.txt']],
    ["F|startswith: ['ab', 'ac', 'b']", ['abx', 'ACx', 'b'], ['ax', '', 'cab']],
    ["F|contains: 'a*b'", ['xxa12bxx'], ['b a']],
    [String.raw`F|contains: '\Temp\'`, ['C:\\temp\\x'], ['C:\\temp']],
    [String.raw`F|contains: '100\*'`, ['=100*'], ['=1000']],
    ["F|contains: ''", ['x'], [null]],
    ['F|contains: 5', [15, '0x5'], [14]],
    ['F|contains|all: [ -a, -b]', ['x -b -a'], ['x -a', ' -b']],
    ['F|all|contains: [ -a, -b]', ['x -b -a'], ['x -a']],
    ["F|endswith: ''", ['x'], [null]],
  ],
  cased: [
    ['F|cased: Cmd', ['Cmd'], ['cmd', 'CMD']],
    ['F|contains|cased: Cmd', ['xCmdx'], ['xcmdx']],
    ['F|cased|endswith: D?x', ['aDex'], ['adex']],
  ],
  'numbers, booleans, null and the empty text': [
    ['F: 4624', [4624, '4624'], [46240, '04624', null]],
    ["F: '4624'", [4624, '4624'], [4625]],
    ['F: 0x1F', ['0x1f', 31, '31'], ['1f']],
    ['F: true', [true, 'TRUE'], [false, 1]],
    ['F: false', [false, 'False'], [true, null]],
    ['F: null', [null], ['', 'null', 0]],
    ['F:', [null], ['']],
    ["F: ''", ['', null], ['x', '-']],
    ["F: '-'", ['-', null], ['', 'x']],
    ['F: [null, a]', [null, 'A'], ['b']],
    ['F: [1, two, true]', [1, 'TWO', true], [2]],
  ],
  'lt, lte, gt, gte': [
    ['F|lt: 10', [9, '9', -1, '0x9', '9.5'], [10, 'x', '', null, '9 x']],
    ['F|lte: 10', [10, '10'], [11]],
    ['F|gt: 10', [11, '1e2', [1, 20]], [10, '10']],
    ['F|gte: 10.5', [10.5, 11], [10]],
    ["F|gte: '0x10'", [16], [15]],
  ],
  neq: [
    ['F|neq: 5', [6, null, 'x'], [5, '5']],
    ['F|neq: [a, b]', ['c'], ['a', 'B']],
    ['F|contains|neq: ab', ['xa'], ['xABx']],
  ],
  exists: [
    ['F|exists: true', ['x', '', null], []],
    ['F|exists: false', [], ['x', '', null]],
  ],
  base64: [
    ['F|base64: foobar', ['Zm9vYmFy'], ['foobar']],
    ['F|base64|contains: foobar', ['-e Zm9vYmFy'], ['foobar']],
    ['F|base64: ä', ['w6Q='], ['5A==']],
    ['F|base64offset|contains: /bin/bash', ['L2Jpbi9iYXNo', 'xvYmluL2Jhc2', 'eC9iaW4vYmFza'], ['/bin/bash']],
    ['F|wide|base64offset|contains: ping', ['cABpAG4AZwA=', 'IHAAaQBuAGcAI'], ['cGluZw==']],
    ['F|utf16le|base64: a', ['YQA='], ['YQ==']],
    ['F|utf16be|base64: a', ['AGE='], ['YQA=']],
    ['F|utf16|base64: a', ['//5hAA=='], ['YQA=']],
    ['F|wide|contains: ab', ['xa\0b\0'], ['ab']],
    ['F|utf16be: ab', ['\0a\0b'], ['a\0b\0']],
    [String.raw`F|base64: 'a\*'`, ['YSo='], ['YVwq']],
  ],
  windash: [
    [
      "F|windash|contains: ' -enc '",
      ['x -enc y', 'x /enc y', 'x –ENC y', 'x —enc y', 'x ―enc y'],
      ['x enc y', 'x +enc y'],
    ],
    ["F|contains|windash: ' /c'", ['cmd -c', 'cmd /c', 'cmd —C'], ['cmd c']],
    ["F|windash|contains|all: [' -a-b', ' -s ']", ['x /a-b –s y'], ['x /a/b -s y', 'x -a-b']],
    ["F|windash: '-a*-b'", ['/a x –b', '-a-b'], ['a-b']],
    ["F|endswith|windash: ' -n'", ['x /n'], ['x /nn']],
    ["F|windash|contains: 'a-b'", ['xa-bx'], ['xa/bx']],
  ],
  're, with its flags and PCRE forms': [
    ['F|re: foo.ar', ['xfoobarx', 'foo-ar'], ['FOOBAR', 'foo\nar', null]],
    ['F|re|i: foo', ['xFOOx'], ['fo']],
    ['F|re: (?i)foo', ['xFOOx'], ['fo']],
    ['F|re: a(?i)b', ['ab', 'aB'], ['Ab']],
    ['F|re: a(?i:b)c', ['aBc'], ['aBC']],
    ['F|re: (a(?i)b)c', ['aBc'], ['aBC']],
    ['F|re|i: (?-i)foo', ['foo'], ['FOO']],
    ['F|re|s: a.b', ['a\nb'], ['ab']],
    ['F|re: ^b$', ['b', 'b\n'], ['a\nb', 'b\nc']],
    ['F|re|m: ^b$', ['b', 'a\nb\nc'], ['ab']],
    ['F|re|i|m: ^B$', ['a\nb'], ['ab']],
    ["F|re: '^.{3,}$'", ['abc', 'abcd'], ['ab']],
    ["F|re: '[^a-c]'", ['abcd'], ['abc', '']],
    ["F|re|i: '[^a-c]'", ['abcd'], ['ABC']],
    ["F|re|i: 'ä'", ['Ä'], ['a']],
    [String.raw`F|re: '\d+\.\w*\s'`, ['12.ab '], ['.ab ', '12ab ']],
    [String.raw`F|re: '\bfoo\b'`, ['a foo b'], ['afoo']],
    [String.raw`F|re: '[\w\-.]+@x'`, ['a-b.c@x'], ['@x']],
    [String.raw`F|re: '\x41\x{42}\Q.*\E'`, ['AB.*'], ['ABxx']],
    [String.raw`F|re: '[[:digit:]]{2}[]a]'`, ['12]', '12a'], ['1a']],
    [String.raw`F|re: 'a{,2}'`, ['a{,2}'], ['aa']],
    [String.raw`F|re: '\Aa\z'`, ['a'], ['a\n', 'ba']],
    ["F|re: '(?<year>[0-9]{4})(?P<m>-)'", ['2021-'], ['202-']],
    ["F|re: '(?#a comment)b'", ['b'], ['a']],
    ["F|re: 'a|bc*|'", ['x', ''], [null]],
    ["F|re: '(?<=a)b'", ['ab'], ['cb']],
    ["F|re: '(?<!a)b'", ['cb', 'b'], ['ab']],
    ["F|re: '(?<!a)b+c+d'", ['xbbcd'], ['abcd']],
    ["F|re: 'a(?!b)'", ['ac', 'a'], ['ab']],
    ["F|re: '^(?!.*good).*bad'", ['so bad'], ['good bad']],
    [String.raw`F|re: '(a|b)\1'`, ['aa', 'xbb'], ['ab']],
    ["F|re: '[😀-😂]'", ['x😁'], ['x']],
    ["F|re: ['a1', 'b2']", ['b2'], ['a2']],
    ["F|re|all: ['a1', 'b2']", ['b2a1'], ['a1']],
    ['F|re: 12', [4123], [4132]],
    ["F|re: '(a+)+$'", ['xa'], ['ab']],
    ["F|re: '(?:x+x+)+y'", ['xxy'], ['xy']],
  ],
  cidr: [
    ['F|cidr: 10.0.0.0/8', ['10.1.2.3', '10.1.2.3:443', '::ffff:10.1.2.3'], ['11.0.0.1', '10.1', 'x', null]],
    ['F|cidr: 192.168.1.7', ['192.168.1.7'], ['192.168.1.8']],
    ['F|cidr: 0.0.0.0/0', ['8.8.8.8'], ['::1']],
    ['F|cidr: fe80::/10', ['fe80::1%3', '[febf::1]:25'], ['fec0::1', '10.0.0.1']],
    ['F|cidr: ["::1/128", 127.0.0.0/8]', ['0:0:0:0:0:0:0:1', '127.9.9.9'], ['::2']],
    ['F|cidr: "::ffff:10.0.0.0/104"', ['10.9.9.9'], ['11.0.0.0']],
  ],
  'parts of a date': [
    ['F|hour: 23', ['2021-03-03T23:10:00Z', '23:59'], ['2021-03-03', '2021-03-23 10:23:23', 'x', null]],
    ['F|minute: 7', ['2021-03-03 23:07:09'], ['2021-03-03 07:23']],
    ['F|day: [1, 3]', ['2021-03-03', '2021/3/1 01:00:00'], ['2021-03-02']],
    ['F|month: 3', ['2021-03-03'], ['2021-04-03']],
    ['F|year: 2021', ['2021-03-03'], ['2020-03-03']],
    ['F|week: 53', ['2021-01-01', '2020-12-31'], ['2021-01-04']],
    ['F|week: 1', ['2021-01-04'], ['2021-01-11']],
    ['F|hour|gte: 22', ['2021-03-03 22:00'], ['2021-03-03 21:59']],
  ],
}

for (const [name, table] of Object.entries(rows)) {
  test(name, async () => {
    for (const [line, yes, no] of table) {
      const rule = await selection(line)
      for (const value of yes)
        assert.deepEqual(rule.match(event({ F: value })), ['F'], `${line} must match ${show(value)}`)
      for (const value of no)
        assert.equal(rule.match(event({ F: value })), null, `${line} must not match ${show(value)}`)
    }
  })
}

const show = (value: FieldValue): string => JSON.stringify(value)

test('a missing field', async () => {
  const without: readonly (readonly [string, boolean])[] = [
    ['F: null', true],
    ["F: ''", false],
    ["F: '*'", false],
    ['F|exists: false', true],
    ['F|exists: true', false],
    ['F|neq: a', true],
    ['F|contains: a', false],
    ['F|lt: 5', false],
    ['F|fieldref: G', false],
  ]
  for (const [line, yes] of without) {
    const rule = await selection(line)
    assert.equal(rule.match(event({ Other: 'a' })) !== null, yes, line)
  }
})

test('fieldref', async () => {
  const table: readonly (readonly [string, FieldValue, FieldValue, boolean])[] = [
    ['F|fieldref: G', 'abc', 'ABC', true],
    ['F|fieldref: g', 'abc', 'abcd', false],
    ['F|fieldref|cased: G', 'abc', 'ABC', false],
    ['F|fieldref|startswith: G', 'abcd', 'AB', true],
    ['F|startswith|fieldref: G', 'abcd', 'bc', false],
    ['F|fieldref|endswith: G', 'abcd', 'cd', true],
    ['F|fieldref|contains: G', 'abcd', 'bc', true],
    ['F|fieldref|contains: G', 'abcd', '', false],
    ['F|fieldref|neq: G', 'a', 'b', true],
    ['F|neq|fieldref: G', 'a', 'A', false],
    ['F|fieldref: G', null, null, false],
    ['F|fieldref: G', 5, '5', true],
  ]
  for (const [line, f, g, yes] of table) {
    const rule = await selection(line)
    assert.equal(rule.match(event({ F: f, G: g })) !== null, yes, `${line}: ${show(f)}, ${show(g)}`)
  }
})

test('field names are matched without regard to case; the event’s spelling is told', async () => {
  const rule = await selection('IMAGE|endswith: cmd.exe')
  assert.deepEqual(rule.match(event({ Image: 'C:\\cmd.exe' })), ['Image'])
  assert.deepEqual(rule.match(event({ Image: 'x', image: 'cmd.exe' })), ['Image'])
})

test('keys of evidence that JavaScript knows are plain names', async () => {
  const fields = Object.assign(Object.create(null) as Record<string, FieldValue>, {
    ['__proto__']: 'x',
    constructor: 'y',
  })
  assert.equal((await selection('toString: null')).match(event(fields))?.length, 1)
  assert.deepEqual((await selection('constructor: y')).match(event(fields)), ['constructor'])
})

test('modifiers that do not go together are broken, `expand` without values is unsupported', async () => {
  const table: readonly (readonly [string, RegExp])[] = [
    ['F|foo: a', /"foo" is not known; expected one of all, base64/],
    ['F|constructor: a', /is not known/],
    ['F|i: a', /"i" belongs after "re"/],
    ['F|contains|startswith: a', /"startswith" cannot follow "contains"/],
    ['F|re|contains: a', /"contains" cannot follow "re"/],
    ['F|contains|re: a', /"re" cannot be combined/],
    ['F|contains|base64: a', /"base64" must stand before "contains"/],
    ['F|cidr|base64: a', /cannot follow "cidr"/],
    ['F|base64: a*', /with wildcards cannot be Base64/],
    ['F|contains: null', /null has no text/],
    ['F|lt: abc', /expects a number; found "abc"/],
    ['F|cidr: 10.0.0.0/33', /expects a network .* found "10.0.0.0\/33"/],
    ['F|cidr: foo', /expects a network/],
    ['F|exists: maybe', /expects true or false/],
    ['F|exists: [true, false]', /expects true or false/],
    ['F|fieldref: null', /expects the name of a field/],
    ['F|hour|contains: 1', /cannot be combined|part of a date/],
    ['F|re: "("', /not a regular expression: a "\(" without "\)"/],
    ['F|re: "*a"', /repeats nothing/],
    ['F|re: "[a"', /"\[" without "\]"/],
    ['F|re: "[b-a]"', /ends before it begins/],
    ['F: {a: b}', /expects a value or a list of values; found a map/],
    ['F: [[a]]', /plain values in its list; found a list/],
    ['F: []', /has no values/],
  ]
  for (const [line, message] of table) {
    const { reason, detail } = await brokenBy(`sel:\n  ${line}\ncondition: sel`)
    assert.match(detail, message, line)
    assert.equal(reason, 'broken', line)
  }
  const expand = await brokenBy('sel:\n  F: a\n  User|expand: "%admins%"\ncondition: sel')
  assert.deepEqual([expand.reason, expand.line, expand.column], ['unsupported', 7, 18])
})
