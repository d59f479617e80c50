// Every miniature server, in all ways of reading.
process.env.EACH_SERVER = '1'
await import('./all-ways.test.ts')
