import { testServers } from './miniature.ts'

testServers('rest')
