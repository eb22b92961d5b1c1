import { useQuery } from "@tanstack/react-query";
import { FolderGit2, GitBranch } from "lucide-react";
import { useDeferredValue } from "react";
import { ApiError } from "@/api/http";
import { texts } from "@/texts";
import { Suggest } from "@/ui/Suggest";
import { branchesQuery, repositoriesQuery } from "./queries";

const t = texts.tasks;

interface Props {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A missing token is worth a word; anything else only means that nothing is suggested. */
function why(error: Error): string {
  return error instanceof ApiError && error.status === 422 ? error.message : t.repositoriesFailed;
}

export function RepositoryPicker({ value, onChange, error }: Props) {
  const repositories = useQuery(repositoriesQuery);
  const suggestions = (repositories.data ?? []).map((repository) => ({
    value: repository.full_name,
    remark: repository.private ? t.private : undefined,
  }));
  return (
    <Suggest
      label={t.repository}
      hint={repositories.isError ? why(repositories.error) : t.repositoryHint}
      error={error}
      required
      placeholder={t.repositoryPlaceholder}
      value={value}
      onChange={onChange}
      suggestions={suggestions}
      loading={repositories.isLoading}
      icon={<FolderGit2 size={14} />}
    />
  );
}

export function BranchPicker({ repository, value, onChange, error }: Props & { repository: string }) {
  const name = useDeferredValue(repository);
  const known = useQuery(repositoriesQuery).data?.find((each) => each.full_name === name);
  const branches = useQuery({ ...branchesQuery(name), enabled: known !== undefined });
  return (
    <Suggest
      label={t.branch}
      optional
      error={error}
      placeholder={known?.default_branch ?? t.branchPlaceholder}
      value={value}
      onChange={onChange}
      suggestions={(branches.data ?? []).map((branch) => ({ value: branch.name }))}
      loading={branches.isLoading}
      icon={<GitBranch size={14} />}
    />
  );
}
