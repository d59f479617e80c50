import { containers } from '../../src/evidence/containers.ts'
import { decodeText } from '../../src/lib/text.ts'
import { parsers } from '../../src/parsers/index.ts'
import type { Parser } from '../../src/parsers/parser.ts'
import { holdsItsPromises } from './accounts.ts'
import { assessmentTarget, evidenceTarget } from './archives.ts'
import { csvTarget, windowsPathTarget, xmlTarget, xmlWalkTarget, xpressTargets } from './library.ts'
import { layersTarget } from './pages.ts'
import { promiseTargets } from './promise-targets.ts'
import { ruleTargets } from './rule-targets.ts'
import { archiveSeeds } from './archive-seeds.ts'
import { binarySeeds, withPageChecksums } from './binary-seeds.ts'
import { goldenSeeds, orAll, type Seed } from './seeds.ts'
import { textSeeds } from './text-seeds.ts'

/** One thing that reads what others wrote, as a fuzzer sees it. */
export type Target = {
  readonly name: string
  seeds(): readonly Seed[]
  /** Gives it any bytes; throws when it does not keep a promise. `thorough` checks what a fuzzer checks of some inputs only. */
  run(input: Buffer, thorough?: boolean): Promise<void>
}

/** Larger ones make an engine slow and find nothing that small ones do not. */
const MOST = 160 * 1024

const files = [...goldenSeeds(), ...textSeeds, ...binarySeeds()].filter(({ bytes }) => bytes.length <= MOST)
const archives = await archiveSeeds()

/** Every reader of hostile bytes. A parser or container is one by being in its table; what has no table is listed here. */
export const targets: readonly Target[] = [
  ...parsers.map(parserTarget),
  ...containers
    .filter((container) => container.name !== 'folder')
    .map((container) => evidenceTarget(container, archives)),
  xmlTarget(files),
  xmlWalkTarget(files),
  csvTarget(files),
  ...xpressTargets,
  windowsPathTarget,
  layersTarget(files),
  ...ruleTargets,
  ...promiseTargets,
  assessmentTarget(files),
]

/** Checksums that would keep a fuzzer out, made right: what it changed is then looked at. */
const mends: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([['user-access', withPageChecksums]])

function parserTarget(parser: Parser): Target {
  return {
    name: parser.name,
    seeds: () => orAll(files, (seed) => parser.recognize(headOf(seed)) > 1),
    run: async (input, thorough) => {
      await holdsItsPromises(parser, input, thorough)
      const mended = mends.get(parser.name)?.(Buffer.from(input))
      if (mended) await holdsItsPromises(parser, mended, thorough)
    },
  }
}

function headOf({ name, bytes }: Seed): Parameters<Parser['recognize']>[0] {
  const head = bytes.subarray(0, 65_536)
  return { path: name, windowsPath: null, size: bytes.length, bytes: head, text: decodeText(head) }
}

/** A target by its name. */
export function targetNamed(name: string): Target {
  const target = targets.find((each) => each.name === name)
  if (!target) throw new Error(`no target is called ${name}: ${targets.map((each) => each.name).join(', ')}`)
  return target
}
