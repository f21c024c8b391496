/** Paths of a cloud assembly are written from the folder of the manifest that holds them, with `/` on every platform. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash === -1 ? '' : file.slice(0, slash);
}

/** `path` from `folder`; undefined where it leads out of `root`, which an honest assembly never does. */
export function below(root: string, folder: string, path: string): string | undefined {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') parts.push(step);
  }
  const joined = parts.join('/');
  return root === '' || joined.startsWith(`${root}/`) ? joined : undefined;
}
