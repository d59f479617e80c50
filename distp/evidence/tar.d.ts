import { type Container } from './container.ts';
/**
 * A tar archive: ustar, pax, GNU and those before them (see `tar-header.ts`). It has no list of its members: they are
 * found one behind the other, so that one broken header costs what follows up to the next that fits.
 */
export declare const tar: Container;
