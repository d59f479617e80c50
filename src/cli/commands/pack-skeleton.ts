import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { PosternError, refusal } from '../../lib/errors.ts'
import { unfilled } from '../../run/pack-check.ts'

/** `postern packs new`: the folder of a pack. Returns the files that were written. */
export function newPack(folder: string): readonly string[] {
  const id = nameOf(resolve(folder), 'pack')
  if (existsSync(folder)) throw new PosternError('usage', `${folder} exists already. Choose another name for the pack.`)
  return written({ [join(folder, 'pack.yml')]: packText(id), [join(folder, 'text.yml')]: plainText })
}

/** `postern packs add-rule`: a Sigma rule of a pack, with its samples. Returns the files that were written. */
export function addRule(folder: string, rule: string, now: Date): readonly string[] {
  if (!existsSync(join(folder, 'pack.yml')))
    throw new PosternError('usage', `${folder}: pack.yml is missing. Create the pack with postern packs new ${folder}`)
  const file = join(folder, 'rules', `${nameOf(rule, 'rule')}.yml`)
  const samples = join(folder, 'samples', 'rules', rule)
  for (const path of [file, samples])
    if (existsSync(path)) throw new PosternError('usage', `${path} exists already. Choose another name for the rule.`)
  return written({
    [file]: ruleText(now.toISOString().slice(0, 10)),
    [join(samples, 'fire', 'sample.txt')]: `${unfilled}: replace this file by evidence that the rule must match.\n`,
    [join(samples, 'quiet', 'sample.txt')]:
      `${unfilled}: replace this file by similar evidence of ordinary work that the rule must not match.\n`,
  })
}

function nameOf(path: string, what: 'pack' | 'rule'): string {
  const name = what === 'pack' ? basename(path) : path
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return name
  throw new PosternError(
    'usage',
    `Invalid name '${name}' for a ${what}. Use up to 64 lower-case letters, digits and hyphens.`,
  )
}

function written(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [path, text] of Object.entries(files)) {
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text, { flag: 'wx' })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === undefined) throw error
      throw new PosternError('cannot-write', `${path} cannot be written: ${refusal(code)}.`)
    }
  }
  return Object.keys(files)
}

const packText = (id: string): string => `# docs/extend/pack.md explains every key.
# A pack that ships with Postern also has a text.yml and a miniature server.
id: ${id}
name: ${unfilled}
summary: ${unfilled}
# All vulnerabilities of the campaign, and those whose fix prevents initial access.
cves: []
vulnerabilities: []
# Ids of knowledge/products.csv.
products: [${unfilled}]
# First known exploitation, and end of mass exploitation: days such as 2021-03-01.
exploitation: { from: ${unfilled}, to: ${unfilled} }
# Per question, alternatives of log kinds that together would show it.
needs:
    targeted: [[iis-frontend]]
    exploited: [[iis-frontend]]
cannotSee:
    - ${unfilled}
references:
    - ${unfilled}
# Per question, the evidence that would answer it.
wouldChange:
    exploited:
        - { what: ${unfilled}, logs: [[iis-frontend]] }
`

const plainText = `# Plain words for the page for the management. A language that is left out has the summary of pack.yml, as English.
name: ${unfilled}
# Those of the vulnerabilities of pack.yml whose fix prevents initial access.
cves: []
summary:
    en: ${unfilled}
    de: ${unfilled}
    fr: ${unfilled}
    ja: ${unfilled}
# By the id of an action of pack.yml, one sentence in each language that says what to have done.
actions: {}
`

const ruleText = (day: string): string => `title: ${unfilled}
id: ${randomUUID()}
status: experimental
description: Detects ${unfilled}
references:
    - ${unfilled}
author: ${unfilled}
date: ${day}
license: ${unfilled}
tags:
    - attack.initial-access
logsource:
    category: webserver
detection:
    selection:
        cs-uri-stem|endswith: /${unfilled}
        sc-status: 200
    condition: selection
falsepositives:
    - ${unfilled}
level: medium
postern:
    stage: attempt
    subject: request
    sign: content
    strength: weak
    next:
        - ${unfilled}
`
