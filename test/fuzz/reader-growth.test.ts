import { testGrowth } from './reader-growth.ts'

await testGrowth(6)
