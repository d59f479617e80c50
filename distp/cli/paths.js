import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
/** The folder of the package: packs and knowledge lie in it. */
export const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The program itself, as it runs. */
export const programFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
export const packsFolder = join(home, 'packs');
/** Evidence of ordinary days, on which no rule may fire. */
export const benignFolder = join(home, 'samples', 'benign');
export const knowledgeFolder = join(home, 'knowledge');
export const version = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
/** How the program is called here: in a working copy, or as it was installed. */
export const command = existsSync(join(home, 'postern.mjs')) ? 'node postern.mjs' : 'postern';
//# sourceMappingURL=paths.js.map