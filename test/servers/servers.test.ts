import { testServers } from './miniature.ts'

testServers('first')
