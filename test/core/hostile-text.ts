import { askedPath } from '../../src/findings/back-end-join.ts'
import type { Event } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { parsers } from '../../src/parsers/index.ts'
import { reading } from '../parsers/hostile.ts'

/** Called in a thread of their own, where one that does not end can be stopped. */
export async function gapsOf(parser: string, text: string): Promise<readonly Omit<Gap, 'path'>[]> {
  const { gaps } = await reading(parsers.find(({ name }) => name === parser)!, Buffer.from(text))
  return gaps
}

export function pathAskedFor(path: string): string | null {
  return askedPath({ log: 'iis-frontend', fields: { 'cs-uri-stem': path } } as unknown as Event)
}
