import { type DeviceKind, ITEM_TYPES, type ItemType } from '@holdfast/contract';
import type { ReactNode } from 'react';
import { Check } from '#design/field.tsx';
import { TypeIcon } from '#design/kind-icon.tsx';
import { Unseen } from '#design/layout.tsx';
import { TYPE_WORDS } from '#design/words.ts';
import styles from './type-choice.module.css';

interface TypeChoiceProps {
  readonly kind: DeviceKind;
  readonly types: readonly ItemType[];
  readonly onChange: (types: readonly ItemType[]) => void;
}

/** Types to tick; a folder has files only. */
export function TypeChoice({ kind, types, onChange }: TypeChoiceProps): ReactNode {
  const offered = kind === 'folder' ? FILE_TYPES : ITEM_TYPES;
  return (
    <fieldset>
      <legend>
        <Unseen>Types</Unseen>
      </legend>
      <div className={styles.types}>
        {offered.map((type) => (
          <Check
            key={type}
            label={
              <span className={styles.type}>
                <TypeIcon type={type} size={18} />
                {TYPE_WORDS[type]}
              </span>
            }
            isTicked={types.includes(type)}
            onChange={(isTicked) =>
              onChange(ITEM_TYPES.filter((one) => (one === type ? isTicked : types.includes(one))))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

const FILE_TYPES: readonly ItemType[] = ['photos', 'videos', 'audio', 'documents', 'other'];
