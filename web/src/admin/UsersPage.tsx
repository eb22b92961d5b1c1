import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { texts } from "@/texts";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { Rows } from "@/ui/Rows";
import { SearchField } from "@/ui/SearchField";
import { PAGE, usersQuery } from "./queries";
import { UserRow } from "./UserRow";

const t = texts.admin.users;

export function UsersPage() {
  const [search, setSearch] = useState("");
  const [offset, setOffset] = useState(0);
  const users = useQuery(usersQuery(search, offset));
  return (
    <Page title={t.title} description={t.about}>
      <div className="flex items-center gap-3">
        <SearchField
          label={t.search}
          value={search}
          onSearch={(text) => {
            setSearch(text);
            setOffset(0);
          }}
        />
        <p role="status" className="shrink-0 text-sm text-ink-soft">
          {users.data && t.count(users.data.total)}
        </p>
      </div>
      <Loaded query={users}>
        {(page) =>
          page.users.length === 0 ? (
            <p className="py-6 text-center text-sm text-ink-soft">{t.none}</p>
          ) : (
            <>
              <Rows label={t.title}>
                {page.users.map((user) => (
                  <UserRow key={user.id} user={user} />
                ))}
              </Rows>
              <Pager offset={offset} limit={PAGE} total={page.total} onGo={setOffset} />
            </>
          )
        }
      </Loaded>
      <p className="text-sm text-ink-soft">
        {t.invite}{" "}
        <Link to="/admin/registration" className="font-medium text-accent-ink underline underline-offset-2">
          {texts.admin.settings.registration}
        </Link>
      </p>
    </Page>
  );
}
