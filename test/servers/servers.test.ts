import { testServers } from './halves.ts'

testServers(0)
