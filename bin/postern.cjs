#!/usr/bin/env node
'use strict'
// The command `postern` of the package. In JavaScript that every Node parses: an old one is told which is needed, and not where it
// stumbled. test/start.test.ts holds it.
var engines = require('../package.json').engines.node

function numbers(version) {
  return version.replace(/[^0-9.]/g, '').split('.').map(Number)
}

var wanted = numbers(engines)
var own = numbers(process.versions.node)
if (own[0] > wanted[0] || (own[0] === wanted[0] && own[1] >= wanted[1])) require('./load.cjs')
else {
  process.stderr.write(
    'postern: Node ' +
      wanted.join('.') +
      ' or newer is needed, and this is Node ' +
      process.versions.node +
      '. Install a current version from https://nodejs.org and run the same command again.\n',
  )
  process.exitCode = 1
}
