import { type Event, fieldText } from '../../../model/event.ts'
import { isPlaceOf, type KnownAct, type KnownProduct, productByName } from '../../../model/known.ts'
import type { SignKind, SubjectKind } from '../../../model/sign.ts'
import { eventsOf } from './acts.ts'
import type { Explain, ExplanationContext, SubjectFindings } from './explanation.ts'
import { habit } from './habit.ts'

const acts: Partial<Readonly<Record<SubjectKind, KnownAct>>> = {
  agent: 'agent',
  module: 'module',
  service: 'service',
  task: 'task',
  program: 'program',
}

/**
 * It has the name of a known product and lies where that keeps its programs: an attacker can choose both, so that this explains
 * weakly. Where it also has the account of the product, and does the same since the first days of the logs, it explains.
 */
export const knownProduct: Explain = (about, context) => {
  const act = acts[about.subject.kind]
  const events = act === undefined ? [] : eventsOf(about.found)
  const [product] = events.length === 0 ? [] : [productIn(events, about, act!)]
  if (!product) return null
  const content: readonly SignKind[] = isSetting(about) ? ['content'] : []
  if (isAtHome(product, events, about, context))
    return {
      by: 'known-product-at-work',
      of: product.product,
      strength: 'strong',
      answers: ['provenance', 'use', 'effect', ...content],
      statement: `It has the name, the folder and the account of ${product.product}. It did the same since the first days of the logs.`,
    }
  return {
    by: 'known-product',
    of: product.product,
    strength: 'weak',
    answers: ['name', 'provenance', ...content],
    statement: `It has the name and the folder of ${product.product}.`,
  }
}

function isSetting({ subject: { kind } }: SubjectFindings): boolean {
  return kind === 'service' || kind === 'task'
}

/** The one product that all rows are of. */
function productIn(events: readonly Event[], { subject }: SubjectFindings, act: KnownAct): KnownProduct | null {
  const products = new Set(
    events.map((event) => (act === 'program' ? parentProduct(event) : settingProduct(event, act, subject.name))),
  )
  const [product] = products
  return products.size === 1 ? (product ?? null) : null
}

/** A setting: its own name, and each program and library that it starts. */
function settingProduct(event: Event, act: KnownAct, name: string): KnownProduct | null {
  const product = productByName(act, name)
  const paths = pathFields.flatMap((field) => fieldText(event, field) ?? []).map(programOf)
  const isThere = product !== null && paths.length > 0 && paths.every((path) => isPlaceOf(product, path))
  return isThere ? product : null
}

/** A program that another one started: that is a product's own by its file name and folder. */
function parentProduct(event: Event): KnownProduct | null {
  const parent = fieldText(event, 'ParentImage') ?? ''
  const product = productByName('program', parent.slice(parent.lastIndexOf('\\') + 1))
  return product !== null && isPlaceOf(product, parent) ? product : null
}

/** What a setting starts: each of them must be the product's. */
const pathFields = [
  'ImagePath',
  'ServiceDll',
  'Application',
  'PerformanceLibrary',
  'FailureCommand',
  'AssemblyPath',
  'Image',
  'TargetFilename',
]

/** The program of a command line, without quotes and what is given to it. */
function programOf(line: string): string {
  const quoted = /^\s{0,9}"([^"]{1,512})"/.exec(line)?.[1]
  return quoted ?? /^.{0,512}?\.(?:exe|dll|sys|com)(?=\s|,|$)/i.exec(line.trim())?.[0] ?? line.trim()
}

function isAtHome(
  product: KnownProduct,
  events: readonly Event[],
  about: SubjectFindings,
  context: ExplanationContext,
): boolean {
  const isOfAccount = events.every((event) => {
    const account = ['ObjectName', 'AccountName', 'ServiceAccount', 'UserId', 'User'].flatMap(
      (field) => fieldText(event, field) ?? [],
    )[0]
    return account !== undefined && product.account.some((one) => one.test(account))
  })
  return isOfAccount && habit(about, context) !== null
}
