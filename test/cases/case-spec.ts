import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { readSpec, type ServerSpec } from '../../tools/simulator/spec.ts'

/** Miniature servers of one organization, or unrelated ones, and what an assessment of them together must say. */
export type CaseSpec = {
  readonly name: string
  /** Options besides the evidence; `--each` is given the folder around it. */
  readonly options: readonly string[]
  /** By the name of the folder of the evidence; null: an empty folder. */
  readonly members: Readonly<Record<string, ServerSpec | null>>
  readonly expect: ExpectedCase
}

export type ExpectedCase = {
  readonly exit: number
  /** By the name of the folder of the evidence. */
  readonly servers: Readonly<Record<string, ExpectedServer>>
  /** `client 203.0.113.177: mail01, mail02` */
  readonly shared?: readonly string[]
  /** Attacks on more than one server: `mail01, mail02`. */
  readonly attacks?: readonly string[]
  /** `ceo@contoso.example: mail01, mail09` */
  readonly mailboxes?: readonly string[]
  readonly absent?: readonly string[]
  readonly failed?: readonly string[]
  /** Is there a case.json? */
  readonly case?: boolean
}

export type ExpectedServer = {
  readonly is: string
  readonly sure?: boolean
  readonly answers?: Readonly<Record<string, string>>
  /** Servers whose evidence counts here. */
  readonly with?: readonly string[]
}

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Every case.yml beside this file. */
export function caseSpecs(): readonly CaseSpec[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => readCase(name, join(folder, name, 'case.yml')))
}

type Written = Omit<CaseSpec, 'name' | 'options'> & { readonly options?: readonly string[] }

function readCase(name: string, file: string): CaseSpec {
  const own = parse(readFileSync(file, 'utf8'), { merge: true }) as Written
  const members = Object.entries(own.members).map(([key, spec]) => {
    if (spec === null) return [key, null] as const
    const base = spec.like === undefined ? {} : readSpec(join(dirname(file), spec.like))
    return [key, { ...base, ...spec } as ServerSpec] as const
  })
  return { name, options: own.options ?? [], members: Object.fromEntries(members), expect: own.expect }
}
