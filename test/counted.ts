import { Session } from 'node:inspector/promises'
import { setFlagsFromString } from 'node:v8'

/** What the engine does in one step, however long the list. */
const natives = ['includes', 'indexOf', 'lastIndexOf', 'slice', 'concat'] as const

let session: Promise<Session> | null = null

/**
 * How often blocks of src/ run, and how many entries lists have that are looked through or copied meanwhile: work that is the same
 * on a busy machine. Expressions are not counted; test/expressions.test.ts holds that they are linear. From the first call on all
 * code of this process is counted, which makes it slow.
 */
export async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  const counts = await counting()
  await counts.post('Profiler.takePreciseCoverage')
  const looked = await entriesLookedAt(work)
  const { result } = await counts.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url }) => url.includes('/src/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, looked)
}

/** Of a function that ran before only the calls are counted, not its blocks: who wants all of them counts before other work. */
export function counting(): Promise<Session> {
  session ??= begun()
  return session
}

/** Optimized code does not count calls, and when code is optimized depends on the load of the machine: so none is. */
async function begun(): Promise<Session> {
  setFlagsFromString('--no-opt')
  setFlagsFromString('--no-maglev')
  const opened = new Session()
  opened.connect()
  await opened.post('Profiler.enable')
  await opened.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return opened
}

async function entriesLookedAt(work: () => Promise<unknown>): Promise<number> {
  let looked = 0
  const own = natives.map((name) => Array.prototype[name])
  const put = (of: readonly unknown[]): void => {
    // eslint-disable-next-line no-extend-native
    for (const [i, name] of natives.entries())
      Object.defineProperty(Array.prototype, name, { configurable: true, writable: true, value: of[i] })
  }
  put(
    own.map(
      (native) =>
        function (this: unknown[], ...given: unknown[]): unknown {
          looked += this.length
          return (native as (...all: unknown[]) => unknown).apply(this, given)
        },
    ),
  )
  try {
    await work()
  } finally {
    put(own)
  }
  return looked
}
