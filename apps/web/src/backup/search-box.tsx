import { Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '#design/button.tsx';
import styles from './backup-page.module.css';

/** Gives the line to search a backup with. What is typed is looked for a moment later; emptied, it leads back to the first tab. */
export function SearchBox({ backup, text, home }: { backup: string; text: string; home: string }): ReactNode {
  const [written, setWritten] = useState(text);
  const [location, navigate] = useLocation();
  const isSearching = location.endsWith('/search');
  useEffect(() => {
    if (!isSearching) setWritten('');
  }, [isSearching]);
  useEffect(() => {
    const wanted = written.trim();
    if (wanted === '' || (isSearching && wanted === text)) return undefined;
    const timer = setTimeout(
      () =>
        navigate(`/backups/${backup}/search?q=${encodeURIComponent(wanted.toWellFormed())}`, {
          replace: isSearching,
        }),
      300,
    );
    return () => clearTimeout(timer);
  }, [written, text, isSearching, backup, navigate]);
  const empty = (): void => {
    setWritten('');
    if (isSearching) navigate(`/backups/${backup}/${home}`);
  };
  return (
    <search className={styles.search}>
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        aria-label="Search in this backup"
        placeholder="Search in this backup"
        maxLength={200}
        value={written}
        onChange={(event) => (event.target.value === '' ? empty() : setWritten(event.target.value))}
      />
      {written !== '' && (
        <Button look="icon" icon={<X size={18} />} aria-label="Empty the search" onClick={empty} />
      )}
    </search>
  );
}
