'use strict'
// In a file of its own: the oldest versions of Node do not parse `import()`.
import('../dist/cli/main.js').catch(function (error) {
  process.stderr.write(
    'postern: The program cannot be loaded (' +
      String(error && error.message).split('\n')[0] +
      '). Its installation is incomplete: install Postern again.\n',
  )
  process.exitCode = 1
})
