import { describe, it } from 'node:test'
import { checkDoublings } from './growth.ts'
import { shapes } from './many.ts'

// growth.long.ts has more of everything, up to 20,000 addresses.

/** Shapes of which the first few hundred cost less than all further ones: not each of them opens an intrusion. */
const LATER = new Set(['clients at a page each'])

describe('growth', () => {
  for (const [name, shape] of Object.entries(shapes))
    it(name, { timeout: 600_000 }, () => checkDoublings(name, shape, LATER.has(name) ? 750 : 250))
})
