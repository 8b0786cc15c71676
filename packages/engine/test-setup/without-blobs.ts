import type { IndexedRepository } from '@holdfast/repository';

/** A repository as if it had lost blobs of data: those for whose id `isLost`. */
export function withoutBlobs(
  { blobs, index }: IndexedRepository,
  isLost: (id: string) => boolean,
): Pick<IndexedRepository, 'blobs' | 'index'> {
  const has: typeof index.has = (type, id) => index.has(type, id) && !(type === 'data' && isLost(id));
  const lossy = new Proxy(index, {
    get(target, name) {
      if (name === 'has') return has;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return { blobs, index: lossy };
}
