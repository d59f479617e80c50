import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Chance, iisLog } from '../kernel/logs.ts'
import { filesBelow, root, write } from './command.ts'

/** A pack with one rule, which every log of `logs` matches here and there: a run with it starts soon. */
export function smallPack(folder: string, agent = 'curl'): string {
  return write(folder, {
    'small/pack.yml': 'id: small\nname: Small\nsummary: For tests.\n',
    'small/rules/agent.yml': `title: Agent
id: 6f2b2a0e-6a3c-4d57-9c0f-5d1f6c1d0001
status: test
description: An agent.
author: nobody
license: DRL-1.1
logsource: { category: webserver }
detection: { agent: { cs-user-agent|contains: '${agent}' }, condition: agent }
level: high
`,
  })
}

const HEADER =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-03-01 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n'

/** Hundreds of logs, every seventh of another form; the same each time. */
export function logs(folder: string, count: number, rows: number): string {
  for (let i = 0; i < count; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0')
    let text = HEADER
    for (let row = 0; row < rows; row++) {
      const time = `2021-03-${day} ${new Date(row * 7_000).toISOString().slice(11, 19)}`
      const agent = (row * 31 + i) % 97 === 0 ? 'curl/7' : `Mozilla/${row % 13}`
      text += `${time} 192.0.2.10 GET /owa/${(row * i) % 41} - 443 - 198.51.100.${(row * i) % 250} ${agent} 200\r\n`
    }
    const content = i % 7 === 0 ? iisLog(new Chance(i), Math.min(rows, 400)) : text
    write(folder, { [`W3SVC1/u_ex${i}.log`]: content })
  }
  return folder
}

export type Ended = {
  readonly status: number | null
  readonly signal: string | null
  readonly err: string
  readonly ms: number
}

/** The program as it was built, in a place of its own: what another version read is not gone on with. */
export function program(folder: string): string {
  mkdirSync(folder)
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true, preserveTimestamps: true })
  for (const name of ['package.json', 'knowledge', 'packs', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name))
  return folder
}

/** Starts `postern assess`, but that everything read is kept at once. `script` stands in for what its thread does. */
export function start(
  home: string,
  args: readonly string[],
  script?: URL,
): { child: ChildProcess; ended: Promise<Ended> } {
  const module = pathToFileURL(join(home, 'dist/cli/process/interrupt.js')).href
  const own = script ? `, new URL(${JSON.stringify(script.href)})` : ''
  const source = `import(${JSON.stringify(module)})
    .then(({ assessInterruptibly }) => assessInterruptibly(process.argv.slice(1), 0${own}))
    .then((status) => (process.exitCode = status))`
  const begun = performance.now()
  const child = spawn(process.execPath, ['-e', source, '--', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (status, signal) => resolve({ status, signal, err, ms: performance.now() - begun })),
  )
  return { child, ended }
}

/** What a run made, but for run.json, which has its times in it. */
export function made(out: string): ReadonlyMap<string, string> {
  const names = filesBelow(out).filter((name) => !name.endsWith('run.json'))
  return new Map(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]))
}
