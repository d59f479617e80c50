import { type Image } from './image.ts';
/** Which of the names that IIS looks for a library gives out. */
export declare function exportsForIis(image: Image): string[];
