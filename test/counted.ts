import { Session } from 'node:inspector/promises'

let session: Session | null = null

/**
 * How often parts of the program's functions run meanwhile: what a busy machine does not change. What the engine does in one
 * step, such as to search for an expression, is one: test/expressions.test.ts holds that to be linear. From the first call on
 * all code of this process is counted, which makes it slow.
 */
export async function stepsOf(run: () => Promise<unknown>): Promise<number> {
  session ??= await counting()
  await session.post('Profiler.takePreciseCoverage')
  await run()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  return result
    .filter(({ url }) => url.includes('/src/'))
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0)
}

async function counting(): Promise<Session> {
  const opened = new Session()
  opened.connect()
  await opened.post('Profiler.enable')
  await opened.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return opened
}
