import type { Make } from '../case.ts'
import { inEveryFormat } from '../parts.ts'

const texts = ['</script', '<!--<script>', '\u2028\u2029', '\\u003c/script>', '%3C/script%3E']

export const make: Make = ({ evidence }) => inEveryFormat(evidence, texts)
