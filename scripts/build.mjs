// `npm run build`: compiles the program, and the kernel, to dist.
import { bringPackages, build, newNode } from './ready.mjs'

bringPackages()
process.exitCode = build(newNode())
