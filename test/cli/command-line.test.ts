import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readArguments } from '../../src/cli/arguments.ts'
import { completionScript } from '../../src/cli/completion.ts'
import { commandHelp, commandLineDocs, programHelp, optionValues } from '../../src/cli/help.ts'
import { commandSpecs, shells, specOf } from '../../src/cli/options.ts'
import { pathHint } from '../../src/cli/path-hint.ts'
import { refusal } from '../../src/lib/errors.ts'
import { windowsZones, zoneNamed } from '../../src/lib/windows-zones.ts'
import { wallOf } from '../../src/lib/zones.ts'
import { place, postern, root, write } from './command.ts'

// One table of commands and options, and what is made from it.

const folder = place()

describe('the table of options', () => {
  it('is what docs/use/command-line.md says', () => {
    const file = join(root, 'docs', 'use', 'command-line.md')
    if (process.env.UPDATE) writeFileSync(file, commandLineDocs())
    assert.equal(readFileSync(file, 'utf8'), commandLineDocs())
  })
  it('is what the help says', () => {
    for (const spec of commandSpecs) {
      assert.ok(programHelp().includes(`  ${spec.name}`))
      for (const { name } of spec.options) assert.match(commandHelp(spec), new RegExp(` --${name}\\b`))
    }
  })
  it('is what the parser takes', () => {
    for (const spec of commandSpecs)
      for (const option of spec.options) {
        const value = option.value === undefined ? [] : [optionValues(option)[0] ?? 'value']
        const { values } = readArguments(spec.name, [`--${option.name}`, ...value])
        assert.deepEqual(values, {
          [option.name]: option.value === undefined ? true : option.multiple ? value : value[0],
        })
        if (option.short !== undefined)
          assert.deepEqual(readArguments(spec.name, [`-${option.short}`, ...value]).values, values)
      }
  })
  it('names each option once, and none by the letters of the program', () => {
    for (const { name, options, actions = [] } of commandSpecs) {
      const names = options.flatMap((option) => [option.name, ...(option.short ?? [])])
      assert.equal(new Set(names).size, names.length, name)
      assert.ok(!names.includes('help') && !names.includes('h') && !names.includes('V'))
      for (const action of actions) for (const one of action.options) assert.ok(names.includes(one), `${name} ${one}`)
    }
  })
})

describe('arguments', () => {
  const read = (...args: string[]) => readArguments('assess', args)
  it('stand in any order, and what follows -- is a name', () => {
    const { values, positionals } = read('a', '-q', '--out=x y', 'b', '--', '--each', '-o')
    assert.deepEqual(values, { quiet: true, out: 'x y' })
    assert.deepEqual(positionals, ['a', 'b', '--each', '-o'])
  })
  it('may have several formats in one value, or in several', () => {
    assert.deepEqual(read('--format', 'csv, stix', '--format=misp').values, { format: ['csv', 'stix', 'misp'] })
  })
  it('may begin with a dash where they follow an equals sign', () => {
    assert.deepEqual(read('--timezone=-05:00').values, { timezone: '-05:00' })
  })
})

describe('a time zone of Windows', () => {
  it('is every one of them, with and without summer', () => {
    assert.ok(windowsZones().length > 130)
    for (const name of windowsZones()) assert.ok(zoneNamed(name), name)
    const winter = Date.UTC(2021, 0, 1)
    const summer = Date.UTC(2021, 6, 1)
    const hours = (name: string, time: number): number => (wallOf(zoneNamed(name)!, time) - time) / 3_600_000
    assert.deepEqual([hours('W. Europe Standard Time', winter), hours('W. Europe Standard Time', summer)], [1, 2])
    assert.deepEqual([hours('w. europe daylight time', winter), hours('Eastern Standard Time', summer)], [1, -4])
    assert.equal(hours('India Standard Time', winter), 5.5)
  })
  it('is no name of every object', () => {
    assert.equal(zoneNamed('constructor'), null)
    assert.equal(zoneNamed('Mars Standard Time'), null)
  })
})

describe('a path at which nothing is', () => {
  for (const [path, platform, says] of [
    ['C:\\evidence" --out R', 'win32', /quotation mark/],
    ['C:\\evidence', 'win32', /^$/],
    ['c:\\cases\\a b', 'linux', /In WSL it is \/mnt\/c\/cases\/a b\./],
    ['C:/cases', 'darwin', /^ This is a Windows path, and the system is macOS\.$/],
    ['\\\\srv\\share', 'linux', /Windows network/],
    ['C:evidence', 'linux', /put a path with backslashes in quotes/],
    ['/home/a', 'linux', /^$/],
  ] as const)
    it(`${path} on ${platform}`, () => assert.match(pathHint(path, platform), says))
})

describe('what the system refuses', () => {
  it('is told in words', () => {
    for (const code of ['EACCES', 'EPERM', 'ENOSPC', 'EEXIST', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'EMFILE'])
      assert.match(refusal(code), /^[a-z][a-z ,;-]+$/, code)
    assert.equal(refusal('EWEIRD'), 'the system reports EWEIRD')
  })
  // The administrator may everything.
  it('is no folder that is a file', { skip: process.getuid === undefined || process.getuid() === 0 }, async () => {
    const locked = join(folder, 'locked')
    mkdirSync(join(locked, 'out'), { recursive: true })
    chmodSync(locked, 0)
    const evidence = write(join(folder, 'evidence'), { 'a.txt': 'a' })
    const { status, err } = await postern(['assess', evidence, '-o', join(locked, 'out')])
    chmodSync(locked, 0o700)
    assert.match(err, /cannot be opened: permission denied/)
    assert.equal(status, 2)
  })
})

describe('shell completion', () => {
  for (const shell of shells)
    it(`for ${shell} knows every command and option`, () => {
      const text = completionScript(shell)
      for (const { name, options } of commandSpecs) {
        assert.ok(text.includes(name))
        for (const option of options) assert.ok(text.includes(option.name), option.name)
      }
      for (const format of optionValues(specOf('assess').options.find(({ name }) => name === 'format')!))
        assert.ok(text.includes(format))
    })
  it('in bash gives what fits', { skip: !existsSync('/bin/bash') }, () => {
    const file = join(folder, 'completion.bash')
    writeFileSync(file, completionScript('bash'))
    const complete = (...words: string[]): string[] => {
      const list = words.map((word) => `'${word}'`).join(' ')
      const code = `source ${file}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _postern; printf '%s\\n' "\${COMPREPLY[@]}"`
      const { stdout, stderr } = spawnSync('/bin/bash', ['--norc', '-c', code], { encoding: 'utf8' })
      assert.equal(stderr, '')
      return stdout.split('\n').filter((line) => line !== '')
    }
    assert.deepEqual(complete('postern', 'as'), ['assess'])
    assert.deepEqual(complete('postern', 'assess', 'x', '--fo'), ['--format'])
    assert.deepEqual(complete('postern', 'assess', 'x', '--format', 'time'), ['timesketch-csv', 'timesketch-jsonl'])
    assert.deepEqual(complete('postern', 'packs', 'se'), ['self-test'])
    assert.deepEqual(complete('postern', 'help', 'bas'), ['baseline'])
    assert.deepEqual(complete('postern', 'assess', '--out', 'x'), [])
  })
})
