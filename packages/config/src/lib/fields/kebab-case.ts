/** An option as files spell it: `s3ForcePathStyle` is `s3-force-path-style`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
