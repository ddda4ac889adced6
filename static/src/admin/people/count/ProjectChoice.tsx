import type { ProjectView } from '@contract';
import { list, t } from '../../../i18n';

type ProjectChoiceProps = {
  readonly projects: readonly ProjectView[];
  /** Keys; none stands for all. */
  readonly chosen: readonly string[];
  readonly isDisabled: boolean;
  readonly onChange: (keys: readonly string[]) => void;
};

/** Which projects' reporters are counted. */
export function ProjectChoice({ projects, chosen, isDisabled, onChange }: ProjectChoiceProps) {
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <details>
      <summary>
        {chosen.length === 0
          ? t('admin.people.count.allProjects')
          : t('admin.people.count.someProjects', { projects: list(chosen) })}
      </summary>
      <fieldset className="people-choices" disabled={isDisabled}>
        <legend className="visually-hidden">{t('admin.people.count.projects')}</legend>
        {projects.map(({ key, name }) => (
          <label key={key}>
            <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
            <span>
              {name} <span className="subtle">{key}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
