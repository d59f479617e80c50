import { hostileCases } from './case.ts'
import { testCases } from './run.ts'

// The hostile cases at full size.
testCases(hostileCases(), true)
