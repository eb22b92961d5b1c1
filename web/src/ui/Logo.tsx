import { address } from "@/api/http";

export function Logo({ size = 20 }: { size?: number }) {
  return <img src={address("icon.svg")} width={size} height={size} alt="" />;
}
